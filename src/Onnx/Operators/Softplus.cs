namespace Toolkit.Onnx.Operators;

/// <summary>y = ln(1 + eˣ). https://onnx.ai/onnx/operators/onnx__Softplus.html</summary>
public sealed record Softplus : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Softplus();
}

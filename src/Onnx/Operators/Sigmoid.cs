namespace Toolkit.Onnx.Operators;

/// <summary>y = 1 / (1 + e⁻ˣ). https://onnx.ai/onnx/operators/onnx__Sigmoid.html</summary>
public sealed record Sigmoid : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Sigmoid();
}

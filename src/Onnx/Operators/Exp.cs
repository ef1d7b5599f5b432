namespace Toolkit.Onnx.Operators;

/// <summary>y = eˣ. https://onnx.ai/onnx/operators/onnx__Exp.html</summary>
public sealed record Exp : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Exp();
}

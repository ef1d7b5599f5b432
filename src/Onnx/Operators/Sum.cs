namespace Toolkit.Onnx.Operators;

/// <summary>y = x₁ + x₂ + …. https://onnx.ai/onnx/operators/onnx__Sum.html</summary>
public sealed record Sum : VariadicOperator
{
    internal static Operator Read(AttributeReader reader) => new Sum();
}

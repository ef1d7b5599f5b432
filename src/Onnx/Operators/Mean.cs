namespace Toolkit.Onnx.Operators;

/// <summary>y = (x₁ + x₂ + … + xₙ) / n. https://onnx.ai/onnx/operators/onnx__Mean.html</summary>
public sealed record Mean : VariadicOperator
{
    internal static Operator Read(AttributeReader reader) => new Mean();
}

namespace Toolkit.Onnx.Operators;

/// <summary>C = (A ≥ B). https://onnx.ai/onnx/operators/onnx__GreaterOrEqual.html</summary>
public sealed record GreaterOrEqual : CompareOperator
{
    internal static Operator Read(AttributeReader reader) => new GreaterOrEqual();
}

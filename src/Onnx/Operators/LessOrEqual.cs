namespace Toolkit.Onnx.Operators;

/// <summary>C = (A ≤ B). https://onnx.ai/onnx/operators/onnx__LessOrEqual.html</summary>
public sealed record LessOrEqual : CompareOperator
{
    internal static Operator Read(AttributeReader reader) => new LessOrEqual();
}

namespace Toolkit.Onnx.Operators;

/// <summary>The average over all spatial axes. https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html</summary>
public sealed record GlobalAveragePool : GlobalPoolOperator
{
    internal static Operator Read(AttributeReader reader) => new GlobalAveragePool();
}

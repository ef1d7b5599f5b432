namespace Toolkit.Onnx.Operators;

/// <summary>The maximum over all spatial axes. https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html</summary>
public sealed record GlobalMaxPool : GlobalPoolOperator
{
    internal static Operator Read(AttributeReader reader) => new GlobalMaxPool();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = tan x. https://onnx.ai/onnx/operators/onnx__Tan.html</summary>
public sealed record Tan : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Tan();
}

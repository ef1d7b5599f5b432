namespace Toolkit.Onnx.Operators;

/// <summary>y = ⌈x⌉. https://onnx.ai/onnx/operators/onnx__Ceil.html</summary>
public sealed record Ceil : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Ceil();
}

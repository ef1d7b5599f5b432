namespace Toolkit.Onnx.Operators;

/// <summary>y = arctan x. https://onnx.ai/onnx/operators/onnx__Atan.html</summary>
public sealed record Atan : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Atan();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = artanh x. https://onnx.ai/onnx/operators/onnx__Atanh.html</summary>
public sealed record Atanh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Atanh();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = arcsin x. https://onnx.ai/onnx/operators/onnx__Asin.html</summary>
public sealed record Asin : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Asin();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = 1 / x. https://onnx.ai/onnx/operators/onnx__Reciprocal.html</summary>
public sealed record Reciprocal : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Reciprocal();
}

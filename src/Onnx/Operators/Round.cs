namespace Toolkit.Onnx.Operators;

/// <summary>y = the whole number nearest to x, the even one of two. https://onnx.ai/onnx/operators/onnx__Round.html</summary>
public sealed record Round : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Round();
}

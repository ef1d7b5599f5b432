namespace Toolkit.Onnx.Operators;

/// <summary>y = sin x. https://onnx.ai/onnx/operators/onnx__Sin.html</summary>
public sealed record Sin : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Sin();
}

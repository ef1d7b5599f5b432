namespace Toolkit.Onnx.Operators;

/// <summary>y = tanh x. https://onnx.ai/onnx/operators/onnx__Tanh.html</summary>
public sealed record Tanh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Tanh();
}

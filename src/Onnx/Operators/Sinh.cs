namespace Toolkit.Onnx.Operators;

/// <summary>y = sinh x. https://onnx.ai/onnx/operators/onnx__Sinh.html</summary>
public sealed record Sinh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Sinh();
}

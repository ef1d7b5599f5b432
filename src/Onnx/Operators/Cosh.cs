namespace Toolkit.Onnx.Operators;

/// <summary>y = cosh x. https://onnx.ai/onnx/operators/onnx__Cosh.html</summary>
public sealed record Cosh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Cosh();
}

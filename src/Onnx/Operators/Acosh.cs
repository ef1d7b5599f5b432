namespace Toolkit.Onnx.Operators;

/// <summary>y = arcosh x. https://onnx.ai/onnx/operators/onnx__Acosh.html</summary>
public sealed record Acosh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Acosh();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = √x. https://onnx.ai/onnx/operators/onnx__Sqrt.html</summary>
public sealed record Sqrt : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Sqrt();
}

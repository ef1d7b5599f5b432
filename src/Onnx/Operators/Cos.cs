namespace Toolkit.Onnx.Operators;

/// <summary>y = cos x. https://onnx.ai/onnx/operators/onnx__Cos.html</summary>
public sealed record Cos : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Cos();
}

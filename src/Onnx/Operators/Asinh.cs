namespace Toolkit.Onnx.Operators;

/// <summary>y = arsinh x. https://onnx.ai/onnx/operators/onnx__Asinh.html</summary>
public sealed record Asinh : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Asinh();
}

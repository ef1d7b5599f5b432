namespace Toolkit.Onnx.Operators;

/// <summary>y = x · tanh(ln(1 + eˣ)). https://onnx.ai/onnx/operators/onnx__Mish.html</summary>
public sealed record Mish : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Mish();
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = x / (1 + |x|). https://onnx.ai/onnx/operators/onnx__Softsign.html</summary>
public sealed record Softsign : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Softsign();
}

namespace Toolkit.Onnx.Operators;

/// <summary>Sigmoid of a quantized tensor, quantized again, of the domain com.microsoft.</summary>
public sealed record QLinearSigmoid : QLinearUnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new QLinearSigmoid();
}

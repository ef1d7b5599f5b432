namespace Toolkit.Onnx.Operators;

/// <summary>LeakyRelu of a quantized tensor, quantized again, of the domain com.microsoft.</summary>
/// <param name="Alpha">α.</param>
public sealed record QLinearLeakyRelu(float Alpha = 0.01f) : QLinearUnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new QLinearLeakyRelu(reader.Float("alpha", 0.01f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}

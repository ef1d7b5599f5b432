namespace Toolkit.Onnx.Operators;

/// <summary>y = x where x > α, else 0. https://onnx.ai/onnx/operators/onnx__ThresholdedRelu.html</summary>
/// <param name="Alpha">α.</param>
public sealed record ThresholdedRelu(float Alpha = 1f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new ThresholdedRelu(reader.Float("alpha", 1f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("alpha", Alpha);
}

namespace Toolkit.Onnx.Operators;

/// <summary>y = max(0, min(1, α · x + β)). https://onnx.ai/onnx/operators/onnx__HardSigmoid.html</summary>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
public sealed record HardSigmoid(float Alpha = 0.2f, float Beta = 0.5f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new HardSigmoid(reader.Float("alpha", 0.2f), reader.Float("beta", 0.5f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("alpha", Alpha);
        writer.Float("beta", Beta);
    }
}

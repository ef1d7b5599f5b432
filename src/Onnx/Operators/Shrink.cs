namespace Toolkit.Onnx.Operators;

/// <summary>y = x + bias where x &lt; -λ, x - bias where x > λ, else 0. https://onnx.ai/onnx/operators/onnx__Shrink.html</summary>
/// <param name="Bias">By how much what is left moves towards 0.</param>
/// <param name="Lambd">λ, the threshold.</param>
public sealed record Shrink(float Bias = 0f, float Lambd = 0.5f) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Shrink(reader.Float("bias", 0f), reader.Float("lambd", 0.5f));

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("bias", Bias);
        writer.Float("lambd", Lambd);
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Local response normalisation over neighbouring channels of X [N, C, …] (Krizhevsky et al., 2012): y[c] = x[c] / (bias + α / size · Σ x²)^β, the
/// sum over the channels from c - ⌊(size - 1) / 2⌋ to c + ⌈(size - 1) / 2⌉ that there are. https://onnx.ai/onnx/operators/onnx__LRN.html
/// </summary>
/// <param name="Size">The number of channels in a sum.</param>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
/// <param name="Bias">What keeps the divisor away from 0.</param>
public sealed record LRN(long Size, float Alpha = 1e-4f, float Beta = 0.75f, float Bias = 1f) : Operator
{
    internal static Operator Read(AttributeReader reader) => reader.Has("size")
        ? new LRN(reader.Int("size", 0), reader.Float("alpha", 1e-4f), reader.Float("beta", 0.75f), reader.Float("bias", 1f))
        : throw reader.Error("expected attribute 'size', which is not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("alpha", Alpha);
        writer.Float("beta", Beta);
        writer.Float("bias", Bias);
        writer.Int("size", Size);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        if (Size is < 1 or > int.MaxValue)
        {
            throw context.Error($"expected 'size' from 1 to {int.MaxValue}, got {Size}.");
        }

        if (context.Shape(0) is { Rank: < 2 } low)
        {
            throw context.Error($"expected X of rank 2 or more ([N, C, …]), got {low}.");
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>(x - mean) / (standard deviation + 1e-9), both over axes. https://onnx.ai/onnx/operators/onnx__MeanVarianceNormalization.html</summary>
/// <param name="Axes">The axes; null is 0, 2 and 3, all but the channels of an image.</param>
public sealed record MeanVarianceNormalization(IntList? Axes = null) : UnaryOperator
{
    /// <summary>The axes that null stands for.</summary>
    private static readonly IntList ImageAxes = [0, 2, 3];

    /// <summary>The axes over which mean and deviation are taken.</summary>
    public IntList NormalizedAxes => Axes ?? ImageAxes;

    internal static Operator Read(AttributeReader reader) => new MeanVarianceNormalization(reader.Ints("axes"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Ints("axes", NormalizedAxes.Values);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        foreach (long axis in NormalizedAxes)
        {
            if (context.Shape(0) is { } shape)
            {
                context.RequireAxis(axis, shape.Rank);
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(MeanVarianceNormalization? other) => other is not null && NormalizedAxes.Equals(other.NormalizedAxes);

    /// <inheritdoc/>
    public override int GetHashCode() => NormalizedAxes.GetHashCode();
}

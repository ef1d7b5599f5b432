using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Classes drawn by their probabilities, [batch, sample size]. Input: [batch, classes], logarithms of weights. https://onnx.ai/onnx/operators/onnx__Multinomial.html</summary>
/// <param name="SampleSize">How many are drawn for each of the batch.</param>
/// <param name="DType">int32 or int64; null is int32.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public sealed record Multinomial(long SampleSize = 1, ElementType? DType = null, float? Seed = null) : RandomOperator(DType, Seed)
{
    internal static Operator Read(AttributeReader reader) => new Multinomial(reader.Int("sample_size", 1), ReadType(reader), ReadSeed(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteType(writer);
        writer.Int("sample_size", SampleSize);
        WriteSeed(writer);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireRank(0, 2);
        ElementType type = DType ?? ElementType.Int32;
        if (SampleSize < 0 || type is not (ElementType.Int32 or ElementType.Int64))
        {
            throw context.Error($"expected a sample_size of 0 or more and dtype int32 or int64, got {SampleSize} and {type}.");
        }

        context.SetOutput(0, type, new SymbolicShape(context.Shape(0) is { } shape ? shape[0] : Dimension.Unknown, SampleSize));
    }
}

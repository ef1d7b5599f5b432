using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A sequence with a map for each sample of X, float32 [N, C] or [C]: from each label, int64 or string, to the sample's number in that column.
/// https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html
/// </summary>
/// <param name="IntLabels">The labels, or null where they are texts.</param>
/// <param name="StringLabels">The labels, or null where they are numbers.</param>
public sealed record ZipMap(IntList? IntLabels = null, ValueList<string>? StringLabels = null) : ClassicOperator
{
    /// <summary>The type of the maps.</summary>
    public MapType Map => new(StringLabels is null ? ElementType.Int64 : ElementType.String, new TensorType(ElementType.Float32, new SymbolicShape()));

    internal static Operator Read(AttributeReader reader) => new ZipMap(
        reader.Ints("classlabels_int64s") is { Count: > 0 } ints ? ints : null, ReadStrings(reader, "classlabels_strings") is { Count: > 0 } strings ? strings : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "classlabels_int64s", IntLabels);
        Write(writer, "classlabels_strings", StringLabels);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        _ = Samples(context);
        if (context.Type(0) is not (ElementType.Undefined or ElementType.Float32))
        {
            throw context.Error($"expected X of float32, got {context.Type(0)}.");
        }

        int labels = IntLabels?.Count ?? StringLabels?.Count ?? 0;
        ClassLabels.Require(context, IntLabels, StringLabels, labels);
        if (IntLabels?.Distinct().Count() < labels || StringLabels?.Distinct(StringComparer.Ordinal).Count() < labels)
        {
            throw context.Error("expected every label once.");
        }

        if (context.Shape(0) is { } x)
        {
            context.RequireEqual(x[x.Rank - 1], labels, "the columns of X and the labels");
        }

        context.SetOutput(0, new SequenceType(Map));
    }
}

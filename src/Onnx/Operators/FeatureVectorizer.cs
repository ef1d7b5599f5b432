using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The features of several inputs, each [N, C] or [C], which stands for [1, C], one after the other: float32 [N, the sum of all C]. An input with more columns than its number in
/// <c>inputdimensions</c> gives its first ones, one with fewer is followed by zeros. https://onnx.ai/onnx/operators/onnx_aionnxml_FeatureVectorizer.html
/// </summary>
/// <param name="Columns">The columns that each input gives; null is all that it has.</param>
public sealed record FeatureVectorizer(IntList? Columns = null) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new FeatureVectorizer(reader.Ints("inputdimensions") is { Count: > 0 } columns ? columns : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => Write(writer, "inputdimensions", Columns);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        if (Columns is not null && (Columns.Count != context.InputCount || Columns.Any(count => count is < 0 or > int.MaxValue)))
        {
            throw context.Error($"expected a number of columns for each of {context.InputCount} inputs in 'inputdimensions', got {Columns}.");
        }

        Dimension samples = Dimension.Unknown;
        long? columns = 0;
        for (int i = 0; i < context.InputCount; i++)
        {
            if (!context.HasInput(i))
            {
                throw context.Error($"expected all inputs, got none as input {i}.");
            }

            context.RequireType(i, ElementTypeSet.Numeric);
            if (context.Shape(i) is not { } x)
            {
                columns = Columns is null ? null : columns + Columns[i];
                continue;
            }

            if (x.Rank is not (1 or 2))
            {
                throw context.Error($"expected [N, C] or [C] as input {i}, got {x}.");
            }

            samples = context.Unify(samples, x.Rank == 1 ? 1 : x[0], $"the samples of input {i} and of those before");
            columns += Columns is null ? x[x.Rank - 1].Size : Columns[i];
        }

        context.SetOutput(0, ElementType.Float32, new SymbolicShape(samples, columns is { } sum ? sum : Dimension.Unknown));
    }
}

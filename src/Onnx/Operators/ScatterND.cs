namespace Toolkit.Onnx.Operators;

/// <summary>
/// Data with slices updated that tuples of indices pick: data[indices[i…, 0], …, indices[i…, k - 1]] = updates[i…]. Inputs: data, indices
/// (int64 [..., k]; negative ones count from the end), updates. https://onnx.ai/onnx/operators/onnx__ScatterND.html
/// </summary>
/// <param name="Reduction">What becomes of an element to which an update goes.</param>
public sealed record ScatterND(ScatterReduction Reduction = ScatterReduction.None) : ScatterOperator(Reduction)
{
    internal static Operator Read(AttributeReader reader) => new ScatterND(ReadReduction(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => WriteReduction(writer);

    /// <inheritdoc/>
    private protected override void RequireShapes(InferenceContext context)
    {
        if (context.Shape(0) is not { } data || context.Shape(1) is not { } indices)
        {
            return;
        }

        if (data.Rank == 0 || indices.Rank == 0)
        {
            throw context.Error($"expected data and indices of rank 1 or more, got {data} and {indices}.");
        }

        if (indices[indices.Rank - 1].Size is not { } tuple)
        {
            return;
        }

        if (tuple < 1 || tuple > data.Rank)
        {
            throw context.Error($"expected tuples of 1 to {data.Rank} indices into data {data}, got {indices}.");
        }

        if (context.Shape(2) is { } updates)
        {
            Dimension[] expected = [.. indices.Dimensions[..^1], .. data.Dimensions[(int)tuple..]];
            context.RequireRank(2, expected.Length);
            for (int axis = 0; axis < expected.Length; axis++)
            {
                context.RequireEqual(expected[axis], updates[axis], $"axis {axis} of updates and of what the indices pick");
            }
        }
    }
}

using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Slices of data picked by tuples of indices: y[i…] = data[indices[i…, 0], …, indices[i…, k - 1]]. Inputs: data, indices (int64 [..., k]);
/// negative ones count from the end. https://onnx.ai/onnx/operators/onnx__GatherND.html
/// </summary>
/// <param name="BatchDims">How many leading axes data and indices have in common.</param>
public sealed record GatherND(long BatchDims = 0) : Operator
{
    /// <summary>The opset that brought <c>batch_dims</c>.</summary>
    private const int BatchDimsSince = 12;

    internal static Operator Read(AttributeReader reader) => new GatherND(reader.Opset < BatchDimsSince ? 0 : reader.Int("batch_dims", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= BatchDimsSince)
        {
            writer.Int("batch_dims", BatchDims);
        }
        else if (BatchDims != 0)
        {
            throw writer.Error($"batch_dims needs opset {BatchDimsSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        if (context.Shape(0) is not { } data || context.Shape(1) is not { } indices)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (data.Rank == 0 || indices.Rank == 0 || BatchDims < 0 || BatchDims >= Math.Min(data.Rank, indices.Rank))
        {
            throw context.Error($"expected fewer batch_dims than the ranks of data and indices, got {BatchDims}, {data} and {indices}.");
        }

        int batch = (int)BatchDims;
        for (int axis = 0; axis < batch; axis++)
        {
            context.RequireEqual(data[axis], indices[axis], $"batch axis {axis} of data and indices");
        }

        if (indices[indices.Rank - 1].Size is not { } tuple)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        context.SetOutput(0, context.Type(0), tuple >= 1 && tuple <= data.Rank - batch
            ? new SymbolicShape([.. indices.Dimensions[..^1], .. data.Dimensions[(batch + (int)tuple)..]])
            : throw context.Error($"expected tuples of 1 to {data.Rank - batch} indices into data {data}, got {indices}."));
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Data with elements updated along an axis: data[i, indices[i, j], …] = updates[i, j, …] for axis 1. Indices are int32 or int64 of data's
/// rank; negative ones count from the end. https://onnx.ai/onnx/operators/onnx__ScatterElements.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="Reduction">What becomes of an element to which an update goes.</param>
public sealed record ScatterElements(int Axis = 0, ScatterReduction Reduction = ScatterReduction.None) : ScatterOperator(Reduction)
{
    internal static Operator Read(AttributeReader reader) => new ScatterElements(reader.Axis("axis", 0), ReadReduction(reader));

    /// <summary>Reads a Scatter, as it was called before opset 11.</summary>
    internal static Operator ReadScatter(AttributeReader reader) => new ScatterElements(reader.Axis("axis", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        WriteReduction(writer);
    }

    /// <inheritdoc/>
    private protected override void RequireShapes(InferenceContext context)
    {
        GatherElements.RequireInside(context, Axis);
        if (context.Shape(1) is { } indices && context.Shape(2) is { } updates)
        {
            context.RequireRank(2, indices.Rank);
            for (int axis = 0; axis < indices.Rank; axis++)
            {
                context.RequireEqual(indices[axis], updates[axis], $"axis {axis} of indices and updates");
            }
        }
    }
}

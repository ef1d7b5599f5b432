namespace Toolkit.Onnx.Operators;

/// <summary>
/// Elements of data picked along an axis: y[i, j, …] = data[i, indices[i, j, …], …] for axis 1. Indices are int32 or int64 of data's rank;
/// negative ones count from the end. https://onnx.ai/onnx/operators/onnx__GatherElements.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record GatherElements(int Axis = 0) : Operator
{
    internal static Operator Read(AttributeReader reader) => new GatherElements(reader.Axis("axis", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        RequireInside(context, Axis);
        context.SetOutput(0, context.Type(0), context.Shape(1));
    }

    /// <summary>Checks that indices have data's rank and, on the other axes, its sizes at most.</summary>
    internal static void RequireInside(InferenceContext context, int axis)
    {
        if (context.Shape(0) is not { } data || context.Shape(1) is not { } indices)
        {
            return;
        }

        int normal = context.RequireAxis(axis, data.Rank);
        context.RequireRank(1, data.Rank);
        for (int i = 0; i < data.Rank; i++)
        {
            if (i != normal && indices[i].Size is { } size && data[i].Size is { } limit && size > limit)
            {
                throw context.Error($"expected indices of {limit} at most on axis {i}, as data {data} has, got {indices}.");
            }
        }
    }
}

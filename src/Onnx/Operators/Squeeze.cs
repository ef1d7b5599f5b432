namespace Toolkit.Onnx.Operators;

/// <summary>
/// data without some axes of size 1. Inputs: data, axes (optional, int64 [k], by default all of size 1; an attribute before
/// opset 13, which is a constant input here). https://onnx.ai/onnx/operators/onnx__Squeeze.html
/// </summary>
public sealed record Squeeze : Operator
{
    private const int AxesInputSince = 13;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < AxesInputSince)
        {
            reader.IntsToInput("axes", 1);
        }

        return new Squeeze();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < AxesInputSince)
        {
            writer.IntsFromInput("axes", 1);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        context.SetOutput(0, context.Type(0), context.Shape(0) is { } data ? InferShape(context, data) : null);
        if (context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }

    private static SymbolicShape? InferShape(InferenceContext context, SymbolicShape data)
    {
        IntList? axes = context.ConstantInts(1);
        if (axes is null && (context.HasInput(1) || !data.IsKnown))
        {
            return null;
        }

        var removed = new bool[data.Rank];
        for (int axis = 0; axes is null && axis < removed.Length; axis++)
        {
            removed[axis] = data[axis].Size == 1;
        }

        foreach (long axis in axes ?? [])
        {
            int index = context.RequireAxis(axis, data.Rank);
            context.RequireEqual(data[index], 1, $"axis {axis}, which is to be removed from {data},");
            removed[index] = true;
        }

        return new SymbolicShape([.. Enumerable.Range(0, data.Rank).Where(axis => !removed[axis]).Select(axis => data[axis])]);
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>
/// data with more axes, of size 1. Inputs: data, axes (int64 [k], of the result; an attribute before opset 13, which is a
/// constant input here). https://onnx.ai/onnx/operators/onnx__Unsqueeze.html
/// </summary>
public sealed record Unsqueeze : Operator
{
    private const int AxesInputSince = 13;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < AxesInputSince)
        {
            reader.IntsToInput("axes", 1);
        }

        return new Unsqueeze();
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
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        SymbolicShape? result = null;
        if (context.Shape(0) is { } data)
        {
            if (context.ConstantInts(1) is { } axes)
            {
                result = InferShape(context, data, axes);
            }
            else if (context.Shape(1)?.ElementCount is <= Numerics.Shape.MaxRank and { } count)
            {
                result = new SymbolicShape(new Dimension[data.Rank + count]);
            }
        }

        context.SetOutput(0, context.Type(0), result);
        if (result?.Rank <= 1 && context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }

    private static SymbolicShape InferShape(InferenceContext context, SymbolicShape data, IntList axes)
    {
        var result = new Dimension[data.Rank + axes.Count];
        var added = new bool[result.Length];
        foreach (long axis in axes)
        {
            int index = context.RequireAxis(axis, result.Length);
            if (added[index])
            {
                throw context.Error($"expected axes that differ, got {axes}.");
            }

            added[index] = true;
        }

        int next = 0;
        for (int axis = 0; axis < result.Length; axis++)
        {
            result[axis] = added[axis] ? 1 : data[next++];
        }

        return new SymbolicShape(result);
    }
}

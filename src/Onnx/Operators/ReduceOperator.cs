namespace Toolkit.Onnx.Operators;

/// <summary>
/// A reduction over axes. Inputs: data, axes (optional, int64 [k]; an attribute before opset 18, or 13 for ReduceSum, which
/// is a constant input here). Without axes it reduces over all of them.
/// </summary>
/// <param name="KeepDims">Whether a reduced axis stays, with size 1.</param>
/// <param name="NoopWithEmptyAxes">Whether no axes mean to reduce nothing.</param>
public abstract record ReduceOperator(bool KeepDims, bool NoopWithEmptyAxes) : Operator
{
    /// <summary>The opset since which the axes are an input.</summary>
    protected virtual int AxesInputSince => 18;

    /// <summary>The element types of data.</summary>
    protected virtual ElementTypeSet Types => ElementTypeSet.Numeric;

    /// <summary>Reads the form of any opset.</summary>
    private protected static T Read<T>(AttributeReader reader, int axesInputSince, Func<bool, bool, T> create)
        where T : ReduceOperator
    {
        bool keepDims = reader.Flag("keepdims", true);
        if (reader.Opset >= axesInputSince)
        {
            return create(keepDims, reader.Flag("noop_with_empty_axes", false));
        }

        reader.IntsToInput("axes", 1);
        return create(keepDims, false);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < AxesInputSince)
        {
            if (NoopWithEmptyAxes)
            {
                throw writer.Error($"noop_with_empty_axes needs opset {AxesInputSince}, got {writer.Opset}; write a newer opset.");
            }

            writer.IntsFromInput("axes", 1);
            writer.Flag("keepdims", KeepDims);
            return;
        }

        writer.Flag("keepdims", KeepDims);
        writer.Flag("noop_with_empty_axes", NoopWithEmptyAxes);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        context.RequireType(0, Types);
        context.SetOutput(0, context.Type(0), InferShape(context));
    }

    private SymbolicShape? InferShape(InferenceContext context)
    {
        if (context.Shape(0) is not { } shape)
        {
            return null;
        }

        IntList? axes = context.ConstantInts(1);
        if (context.HasInput(1) && axes is null && context.Shape(1)?.ElementCount is not 0)
        {
            // Which axes are reduced is known only at run time.
            return KeepDims ? new SymbolicShape(new Dimension[shape.Rank])
                : context.Shape(1)?.ElementCount is { } count && count <= shape.Rank ? new SymbolicShape(new Dimension[shape.Rank - count])
                : null;
        }

        var reduced = new bool[shape.Rank];
        foreach (long axis in axes ?? [])
        {
            int index = context.RequireAxis(axis, shape.Rank);
            reduced[index] = !reduced[index] ? true : throw context.Error($"expected axes that differ, got {axes}.");
        }

        if (axes is null or { Count: 0 })
        {
            Array.Fill(reduced, !NoopWithEmptyAxes);
        }

        var result = new List<Dimension>();
        for (int axis = 0; axis < reduced.Length; axis++)
        {
            if (!reduced[axis] || KeepDims)
            {
                result.Add(reduced[axis] ? 1 : shape[axis]);
            }
        }

        return new SymbolicShape([.. result]);
    }
}

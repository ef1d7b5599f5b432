namespace Toolkit.Onnx.Operators;

/// <summary>A pooling whose window is the whole of every spatial axis: X [N, C, D1, …] gives Y [N, C, 1, …].</summary>
public abstract record GlobalPoolOperator : Operator
{
    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (x.Rank < 3)
        {
            throw context.Error($"expected X of rank 3 or more ([N, C, D1, …]), got {x}.");
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape([x[0], x[1], .. Enumerable.Repeat(new Dimension(1), x.Rank - 2)]));
    }
}

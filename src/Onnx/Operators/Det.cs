namespace Toolkit.Onnx.Operators;

/// <summary>The determinants of X's square matrices: X [*, M, M] gives Y [*]. https://onnx.ai/onnx/operators/onnx__Det.html</summary>
public sealed record Det : Operator
{
    internal static Operator Read(AttributeReader reader) => new Det();

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

        if (x.Rank < 2)
        {
            throw context.Error($"expected matrices, X of rank 2 or more, got {x}.");
        }

        context.RequireEqual(x[x.Rank - 2], x[x.Rank - 1], "the rows and the columns of X");
        context.SetOutput(0, context.Type(0), new SymbolicShape(x.Dimensions[..(x.Rank - 2)].ToArray()));
    }
}

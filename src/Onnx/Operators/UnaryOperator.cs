namespace Toolkit.Onnx.Operators;

/// <summary>y = f(x), element by element: y has x's type and shape.</summary>
public abstract record UnaryOperator : Operator
{
    /// <summary>The element types of x.</summary>
    protected virtual ElementTypeSet Types => ElementTypeSet.Floating;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, Types);
        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}

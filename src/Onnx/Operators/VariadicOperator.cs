namespace Toolkit.Onnx.Operators;

/// <summary>y = f(x₁, x₂, …) of one or more inputs, element by element with broadcasting.</summary>
public abstract record VariadicOperator : Operator
{
    /// <summary>The element types of the inputs.</summary>
    protected virtual ElementTypeSet Types => ElementTypeSet.Floating;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        int[] inputs = [.. Enumerable.Range(0, context.InputCount)];
        foreach (int input in inputs)
        {
            context.RequireType(input, Types);
        }

        context.SetOutput(0, context.RequireSameType(inputs), context.Broadcast(inputs));
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>What operators that take a sequence have in common.</summary>
public abstract record SequenceOperator : Operator
{
    /// <inheritdoc/>
    public override bool TakesContainers => true;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        // Most have none.
    }

    /// <summary>The type of the elements of an input that is a sequence.</summary>
    /// <exception cref="OnnxModelException">It is none.</exception>
    private protected static OnnxType RequireSequence(InferenceContext context, int input) => context.ValueType(input) is SequenceType sequence
        ? sequence.Element
        : throw context.Error($"expected a sequence as input {input}, got {context.ValueType(input)}.");

    /// <summary>Checks a position in a sequence: one integer.</summary>
    private protected static void RequirePosition(InferenceContext context, int input)
    {
        if (context.HasInput(input))
        {
            context.RequireTensor(input);
            context.RequireType(input, ElementTypeSet.Signed);
            if (context.Shape(input)?.ElementCount is { } count and not 1)
            {
                throw context.Error($"expected one integer as input {input}, got {count}.");
            }
        }
    }

    /// <summary>The type of what can be either of two tensors.</summary>
    private protected static TensorType Join(TensorType a, TensorType b) =>
        new(a.ElementType, a.Shape is { } shape && shape.Equals(b.Shape) ? shape : null);
}

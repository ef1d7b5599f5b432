namespace Toolkit.Onnx.Operators;

/// <summary>What the elements up to each one, along an axis, amount to. Inputs: x, axis (an int32 or int64 scalar; negative counts from the end).</summary>
/// <param name="Exclusive">Whether an element itself is left out.</param>
/// <param name="Reverse">Whether it goes from the axis's end.</param>
public abstract record CumulativeOperator(bool Exclusive, bool Reverse) : Operator
{
    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Flag("exclusive", Exclusive);
        writer.Flag("reverse", Reverse);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.RequireType(1, ElementTypeSet.Signed);
        if (context.Shape(1)?.ElementCount is { } count and not 1)
        {
            throw context.Error($"expected one axis, got {count}.");
        }

        if (context.ConstantInts(1) is { } axis && context.Shape(0) is { } shape)
        {
            context.RequireAxis(axis[0], shape.Rank);
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}

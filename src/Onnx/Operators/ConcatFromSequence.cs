namespace Toolkit.Onnx.Operators;

/// <summary>The tensors of a sequence one after the other along an axis, or along a new one. https://onnx.ai/onnx/operators/onnx__ConcatFromSequence.html</summary>
/// <param name="Axis">The axis of the output; negative counts from the end.</param>
/// <param name="NewAxis">Whether the axis is a new one.</param>
public sealed record ConcatFromSequence(int Axis, bool NewAxis = false) : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => reader.Has("axis")
        ? new ConcatFromSequence(reader.Axis("axis", 0), reader.Flag("new_axis", false))
        : throw reader.Error("expected attribute 'axis', which is not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Flag("new_axis", NewAxis);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        var element = RequireSequence(context, 0) as TensorType ?? throw context.Error($"expected a sequence of tensors, got {context.ValueType(0)}.");
        Dimension[]? shape = null;
        if (element.Shape is { } known)
        {
            shape = NewAxis ? [.. known.Dimensions, Dimension.Unknown] : [.. known.Dimensions];
            int axis = context.RequireAxis(Axis, shape.Length);
            if (NewAxis)
            {
                shape = [.. known.Dimensions[..axis], Dimension.Unknown, .. known.Dimensions[axis..]];
            }

            shape[axis] = Dimension.Unknown;
        }

        context.SetOutput(0, element.ElementType, shape is null ? null : new SymbolicShape(shape));
    }
}

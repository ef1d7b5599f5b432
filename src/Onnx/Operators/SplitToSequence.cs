namespace Toolkit.Onnx.Operators;

/// <summary>
/// A sequence of the parts of a tensor along an axis. Inputs: tensor, split (int32 or int64, optional: one number is the size of all parts but a smaller
/// last one, a list [n] is the size of each; 1 where it is left out). https://onnx.ai/onnx/operators/onnx__SplitToSequence.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="KeepDims">Whether the parts keep the axis. Where split is there they always do.</param>
public sealed record SplitToSequence(int Axis = 0, bool KeepDims = true) : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SplitToSequence(reader.Axis("axis", 0), reader.Flag("keepdims", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Flag("keepdims", KeepDims);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        context.RequireTensor(0);
        SymbolicShape? part = null;
        if (context.HasInput(1))
        {
            context.RequireTensor(1);
            context.RequireType(1, ElementTypeSet.Signed);
        }

        if (context.Shape(0) is { } shape)
        {
            int axis = context.RequireAxis(Axis, shape.Rank);
            part = context.HasInput(1) ? new SymbolicShape([.. shape.Dimensions[..axis], Dimension.Unknown, .. shape.Dimensions[(axis + 1)..]])
                : KeepDims ? new SymbolicShape([.. shape.Dimensions[..axis], 1, .. shape.Dimensions[(axis + 1)..]])
                : new SymbolicShape([.. shape.Dimensions[..axis], .. shape.Dimensions[(axis + 1)..]]);
        }

        context.SetOutput(0, new SequenceType(new TensorType(context.Type(0), part)));
    }
}

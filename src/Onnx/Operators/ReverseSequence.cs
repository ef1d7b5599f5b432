namespace Toolkit.Onnx.Operators;

/// <summary>
/// The first elements of each sequence in reverse order, the others as they are. Inputs: x, sequence lengths (int64 [batch]).
/// https://onnx.ai/onnx/operators/onnx__ReverseSequence.html
/// </summary>
/// <param name="BatchAxis">The axis of the sequences, 0 or 1.</param>
/// <param name="TimeAxis">The axis along which a sequence goes, the other of 0 and 1.</param>
public sealed record ReverseSequence(int BatchAxis = 1, int TimeAxis = 0) : Operator
{
    internal static Operator Read(AttributeReader reader) => new ReverseSequence(reader.Axis("batch_axis", 1), reader.Axis("time_axis", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("batch_axis", BatchAxis);
        writer.Int("time_axis", TimeAxis);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        if (BatchAxis is not (0 or 1) || TimeAxis != 1 - BatchAxis)
        {
            throw context.Error($"expected batch_axis and time_axis 0 and 1 or 1 and 0, got {BatchAxis} and {TimeAxis}.");
        }

        if (context.Shape(0) is { } shape)
        {
            if (shape.Rank < 2)
            {
                throw context.Error($"expected data of rank 2 or more, got {shape}.");
            }

            if (context.Shape(1) is { } lengths)
            {
                context.RequireEqual(shape[BatchAxis], lengths[0], "the sequences of the data and their lengths");
            }
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}

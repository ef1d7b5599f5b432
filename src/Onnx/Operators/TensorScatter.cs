namespace Toolkit.Onnx.Operators;

/// <summary>
/// A cache with the elements of an update written along an axis, from an index for each batch on: the keys and values of attention. Inputs:
/// past cache [batch, …, longest sequence, …], update of the same shape but for its sequence's length, write indices (optional, int64
/// [batch], by default 0). https://onnx.ai/onnx/operators/onnx__TensorScatter.html
/// </summary>
/// <param name="Axis">The axis of the sequence, which is not the first; negative counts from the end.</param>
/// <param name="Circular">Whether writing goes on at the start of the axis after its end; else it has to end there (attribute <c>mode</c>).</param>
public sealed record TensorScatter(int Axis = -2, bool Circular = false) : Operator
{
    private static readonly string[] Modes = ["linear", "circular"];

    internal static Operator Read(AttributeReader reader) => new TensorScatter(reader.Axis("axis", -2), TextChoice.Read(reader, "mode", 0, Modes) == 1);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.String("mode", Modes[Circular ? 1 : 0]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireType(2, ElementTypeSet.Signed);
        context.RequireRank(2, 1);
        if (context.Shape(0) is { } cache)
        {
            int axis = context.RequireAxis(Axis, cache.Rank);
            if (axis == 0)
            {
                throw context.Error("expected an axis other than the first, which is the batch.");
            }

            context.RequireRank(1, cache.Rank);
            for (int i = 0; context.Shape(1) is { } update && i < cache.Rank; i++)
            {
                if (i != axis)
                {
                    context.RequireEqual(cache[i], update[i], $"axis {i} of the cache and the update");
                }
                else if (cache[i].Size is { } limit && update[i].Size > limit)
                {
                    throw context.Error($"expected an update of {limit} at most on axis {i}, got {update}.");
                }
            }

            if (context.Shape(2) is { } indices)
            {
                context.RequireEqual(cache[0], indices[0], "the batch and the write indices");
            }
        }

        context.SetOutput(0, context.RequireSameType(0, 1), context.Shape(0));
    }
}

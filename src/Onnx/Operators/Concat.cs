namespace Toolkit.Onnx.Operators;

/// <summary>Inputs of one type and, but for one axis, one shape, one after the other along that axis. https://onnx.ai/onnx/operators/onnx__Concat.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
public sealed record Concat(int Axis) : Operator
{
    private const int RequiredAxisSince = 4;

    internal static Operator Read(AttributeReader reader) => reader.Has("axis") || reader.Opset < RequiredAxisSince
        ? new Concat(reader.Axis("axis", 1))
        : throw reader.Error("expected attribute 'axis', which is not optional.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("axis", Axis);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        int[] inputs = [.. Enumerable.Range(0, context.InputCount)];
        context.SetOutput(0, context.RequireSameType(inputs), InferShape(context, Axis, inputs));
        if (inputs.Select(context.Elements).ToArray() is var parts && Array.TrueForAll(parts, part => part is not null))
        {
            context.SetElements(0, [.. parts.SelectMany(part => part!)]);
        }
    }

    /// <summary>The shape of some inputs along an axis; null where the rank of all is unknown.</summary>
    internal static SymbolicShape? InferShape(InferenceContext context, int joined, ReadOnlySpan<int> inputs)
    {
        Dimension[]? result = null;
        int axis = 0;
        bool complete = true;
        foreach (int input in inputs)
        {
            if (context.Shape(input) is not { } shape)
            {
                complete = false;
                continue;
            }

            if (result is null)
            {
                result = shape.Dimensions.ToArray();
                axis = context.RequireAxis(joined, shape.Rank);
                continue;
            }

            context.RequireRank(input, result.Length);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = i != axis ? context.Unify(result[i], shape[i], $"axis {i}, along which input {input} is not joined,")
                    : Sum(result[i], shape[i]);
            }
        }

        if (result is not null && !complete)
        {
            result[axis] = Dimension.Unknown;
        }

        return result is null ? null : new SymbolicShape(result);

        Dimension Sum(Dimension a, Dimension b) => a.Size == 0 ? b : b.Size == 0 ? a
            : a.Size is { } x && b.Size is { } y ? (x <= long.MaxValue - y ? x + y : throw context.Error($"axis {axis} does not fit 64 bits."))
            : Dimension.Unknown;
    }
}

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Every step-th slice of data from starts to ends (exclusive) along axes, as Python slices. Inputs: data, starts, ends, axes
/// (optional, by default 0, 1, …), steps (optional, by default 1), all integers [k]. Before opset 10 starts, ends and axes
/// were attributes, which are constant inputs here. https://onnx.ai/onnx/operators/onnx__Slice.html
/// </summary>
public sealed record Slice : Operator
{
    private const int RangeInputSince = 10;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < RangeInputSince)
        {
            reader.IntsToInput("starts", 1);
            reader.IntsToInput("ends", 2);
            reader.IntsToInput("axes", 3);
        }

        return new Slice();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < RangeInputSince)
        {
            writer.IntsFromInput("axes", 3);
            writer.IntsFromInput("ends", 2);
            writer.IntsFromInput("starts", 1);
            if (writer.TakeInput(4) is { } steps && Integers.Of(steps)?.All(step => step == 1) != true)
            {
                throw writer.Error($"steps other than 1 need opset {RangeInputSince}, got {writer.Opset}; write a newer opset.");
            }
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 5);
        for (int input = 1; input < context.InputCount; input++)
        {
            context.RequireType(input, ElementTypeSet.Signed);
            context.RequireRank(input, 1);
        }

        if (context.Shape(0) is not { } data)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        Dimension[] result = data.Dimensions.ToArray();
        IntList? axes = context.ConstantInts(3);
        IReadOnlyList<SymbolicInteger>? starts = context.Elements(1);
        int count = starts?.Count ?? context.Elements(2)?.Count ?? axes?.Count ?? -1;
        if (count < 0 || (context.HasInput(3) && axes is null))
        {
            context.SetOutput(0, context.Type(0), new SymbolicShape(new Dimension[data.Rank]));
            return;
        }

        IReadOnlyList<SymbolicInteger> first = List(context, 1, count, "starts") ?? new SymbolicInteger[count];
        IReadOnlyList<SymbolicInteger> last = List(context, 2, count, "ends") ?? new SymbolicInteger[count];
        IReadOnlyList<SymbolicInteger> step = context.HasInput(4) ? List(context, 4, count, "steps") ?? new SymbolicInteger[count]
            : [.. Enumerable.Repeat(new SymbolicInteger(1), count)];
        if (count > data.Rank || axes?.Count != (axes is null ? null : count))
        {
            throw context.Error($"expected one axis for each of {count} starts, and {data.Rank} at most, got {axes}.");
        }

        var seen = new bool[data.Rank];
        for (int i = 0; i < count; i++)
        {
            int axis = context.RequireAxis(axes?[i] ?? i, data.Rank);
            if (seen[axis])
            {
                throw context.Error($"expected axes that differ, got {axes}.");
            }

            seen[axis] = true;
            if (step[i].Value == 0)
            {
                throw context.Error("expected steps other than 0.");
            }

            result[axis] = Length(data[axis], first[i].Value, last[i].Value, step[i].Value);
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
        FoldElements(context, data, first, last, step);
    }

    private static IReadOnlyList<SymbolicInteger>? List(InferenceContext context, int input, int count, string name)
    {
        IReadOnlyList<SymbolicInteger>? list = context.Elements(input);
        return list is null || list.Count == count ? list : throw context.Error($"expected {count} {name}, as many as the other lists have, got {list.Count}.");
    }

    private static void FoldElements(
        InferenceContext context, SymbolicShape data, IReadOnlyList<SymbolicInteger> first, IReadOnlyList<SymbolicInteger> last, IReadOnlyList<SymbolicInteger> step)
    {
        if (data.Rank == 1 && first.Count == 1 && context.Elements(0) is { } elements
            && first[0].Value is { } start && last[0].Value is { } end && step[0].Value is { } stride)
        {
            (long from, long length) = Range(elements.Count, start, end, stride);
            context.SetElements(0, [.. Enumerable.Range(0, (int)length).Select(i => elements[(int)(from + (i * stride))])]);
        }
    }

    private static Dimension Length(Dimension size, long? start, long? end, long? step)
    {
        if (start is not { } first || end is not { } last || step is not { } stride)
        {
            return Dimension.Unknown;
        }

        // The whole axis, whatever its size.
        return size.Size is { } known ? Range(known, first, last, stride).Length
            : stride == 1 && first == 0 && last >= int.MaxValue ? size
            : Dimension.Unknown;
    }

    /// <summary>Where a slice of an axis starts and how many elements it takes, clamped as ONNX and Python do.</summary>
    private static (long Start, long Length) Range(long size, long start, long end, long step)
    {
        start = start < 0 ? start + size : start;
        end = end < 0 ? end + size : end;
        if (step > 0)
        {
            start = Math.Clamp(start, 0, size);
            end = Math.Clamp(end, 0, size);
            return (start, end <= start ? 0 : ((end - start - 1) / step) + 1);
        }

        start = Math.Clamp(start, -1, size - 1);
        end = Math.Clamp(end, -1, size - 1);

        // The least long has no positive counterpart; no axis is that long either.
        long magnitude = step == long.MinValue ? long.MaxValue : -step;
        return (start, start <= end ? 0 : ((start - end - 1) / magnitude) + 1);
    }
}

using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// data cut along an axis into the outputs. Inputs: data, split (optional, int64 [outputs]: the size of each part; an
/// attribute before opset 13, which is a constant input here). Without it the parts are equal, but for a smaller last one.
/// https://onnx.ai/onnx/operators/onnx__Split.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="NumOutputs">The number of parts where split is left out; null where it is there.</param>
public sealed record Split(int Axis = 0, long? NumOutputs = null) : Operator
{
    private const int SplitInputSince = 13;
    private const int NumOutputsSince = 18;

    internal static Operator Read(AttributeReader reader)
    {
        int axis = reader.Axis("axis", 0);
        if (reader.Opset < SplitInputSince)
        {
            reader.IntsToInput("split", 1);
        }

        if (reader.Input(1).Length > 0)
        {
            return reader.Opset >= NumOutputsSince && reader.Has("num_outputs")
                ? throw reader.Error("expected the input 'split' or the attribute 'num_outputs', got both.")
                : new Split(axis);
        }

        return new Split(axis, reader.Opset >= NumOutputsSince ? reader.Int("num_outputs", reader.OutputCount) : reader.OutputCount);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        if (writer.Opset >= NumOutputsSince && NumOutputs is { } count)
        {
            writer.Int("num_outputs", count);
        }

        if (writer.Opset < SplitInputSince)
        {
            writer.IntsFromInput("split", 1);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        int outputs = context.OutputCount;
        if (NumOutputs is { } count && count != outputs)
        {
            throw context.Error($"expected {count} outputs (num_outputs), got {outputs}.");
        }

        SymbolicShape? data = context.Shape(0);
        int axis = data is null ? 0 : context.RequireAxis(Axis, data.Rank);
        Dimension[] sizes = data is null ? new Dimension[outputs] : Sizes(context, data[axis], outputs);
        for (int output = 0; output < outputs; output++)
        {
            context.SetOutput(output, context.Type(0), data is null ? null : new SymbolicShape([.. data.Dimensions[..axis], sizes[output], .. data.Dimensions[(axis + 1)..]]));
        }

        if (data?.Rank == 1 && context.Elements(0) is { } elements)
        {
            int start = 0;
            for (int output = 0; output < outputs && sizes[output].Size is { } size; output++)
            {
                context.SetElements(output, [.. elements.Skip(start).Take((int)size)]);
                start += (int)size;
            }
        }
    }

    private static Dimension[] Sizes(InferenceContext context, Dimension axis, int outputs)
    {
        if (context.HasInput(1))
        {
            if (context.ConstantInts(1) is not { } split)
            {
                return new Dimension[outputs];
            }

            Int128 sum = 0;
            foreach (long size in split)
            {
                sum += size >= 0 ? size : throw context.Error($"expected parts of 0 or more, got {split}.");
            }

            return split.Count == outputs && (axis.Size is not { } total || sum == total)
                ? [.. split.Select(size => new Dimension(size))]
                : throw context.Error($"expected the sizes of {outputs} parts whose sum is {axis}, got {split}.");
        }

        if (axis.Size is not { } known)
        {
            return outputs == 1 ? [axis] : new Dimension[outputs];
        }

        long part = (known + outputs - 1) / outputs;
        long last = known - (part * (outputs - 1));
        return last >= 0 ? [.. Enumerable.Repeat(new Dimension(part), outputs - 1), last]
            : throw context.Error($"expected an axis that divides into {outputs} parts, got {known}.");
    }
}

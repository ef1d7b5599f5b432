using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// data with elements added (or, where a pad is negative, taken away) at the begins and ends of its axes. Inputs: data, pads (int64
/// [2k]: all begins, then all ends), constant_value (optional scalar, by default 0), axes (optional, [k], by default all).
/// Before opset 11 pads and value were attributes, which are constant inputs here. https://onnx.ai/onnx/operators/onnx__Pad.html
/// </summary>
/// <param name="Mode">Where the added elements come from.</param>
public sealed record Pad(PadMode Mode = PadMode.Constant) : Operator
{
    private const int PadsInputSince = 11;
    private const int AxesSince = 18;
    private const int WrapSince = 19;
    private const int PadsNameSince = 2;

    private static readonly string[] Modes = ["constant", "reflect", "edge", "wrap"];

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < PadsInputSince)
        {
            string name = reader.Opset < PadsNameSince ? "paddings" : "pads";
            IntList pads = reader.Ints(name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");
            reader.SetInput(1, "pads", Tensor.Vector(pads.Values));
            reader.FloatToInput("value", 2);
        }

        return new Pad((PadMode)TextChoice.Read(reader, "mode", 0, Modes));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Mode == PadMode.Wrap && writer.Opset < WrapSince)
        {
            throw writer.Error($"mode wrap needs opset {WrapSince}, got {writer.Opset}; write a newer opset.");
        }

        writer.String("mode", Modes[(int)Mode]);
        if (writer.Opset < AxesSince && writer.TakeInput(3) is not null)
        {
            throw writer.Error($"axes need opset {AxesSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset < PadsInputSince)
        {
            writer.IntsFromInput("pads", 1);
            writer.FloatFromInput("value", 2);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 4);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireType(3, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        context.RequireRank(3, 1);
        ElementType type = context.RequireSameType(0, 2);
        if (context.Shape(2)?.ElementCount is > 1)
        {
            throw context.Error($"expected a scalar as constant_value, got {context.Shape(2)}.");
        }

        if (context.Shape(0) is not { } data)
        {
            context.SetOutput(0, type, null);
            return;
        }

        IntList? pads = context.ConstantInts(1);
        IntList? axes = context.ConstantInts(3);
        if (pads is null || (context.HasInput(3) && axes is null))
        {
            context.SetOutput(0, type, new SymbolicShape(new Dimension[data.Rank]));
            return;
        }

        int count = axes?.Count ?? data.Rank;
        if (pads.Count != 2 * count)
        {
            throw context.Error($"expected {2 * count} pads, a begin and an end for each of {count} axes, got {pads}.");
        }

        Dimension[] result = data.Dimensions.ToArray();
        var seen = new bool[data.Rank];
        for (int i = 0; i < count; i++)
        {
            int axis = context.RequireAxis(axes?[i] ?? i, data.Rank);
            seen[axis] = !seen[axis] ? true : throw context.Error($"expected axes that differ, got {axes}.");
            result[axis] = Padded(context, data[axis], axis, pads[i], pads[i + count]);
        }

        context.SetOutput(0, type, new SymbolicShape(result));
    }

    private Dimension Padded(InferenceContext context, Dimension size, int axis, long begin, long end)
    {
        if (size.Size is not { } known)
        {
            return begin == 0 && end == 0 ? size : Dimension.Unknown;
        }

        Int128 result = (Int128)known + begin + end;
        if (result < 0 || result > long.MaxValue)
        {
            throw context.Error($"expected pads that leave axis {axis} of {known} a size of 0 or more, got {begin} and {end}.");
        }

        // What is taken away goes first: the rest is what is mirrored or repeated.
        Int128 left = known + Int128.Min(begin, 0) + Int128.Min(end, 0);
        Int128 limit = Mode == PadMode.Reflect ? Int128.Max(left - 1, 0) : long.MaxValue;
        if (left < 0 || begin > limit || end > limit || (left == 0 && result > 0 && Mode != PadMode.Constant))
        {
            throw context.Error($"expected pads of {limit} at most in mode {Modes[(int)Mode]} on axis {axis} of {known}, got {begin} and {end}.");
        }

        return (long)result;
    }
}

using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Convolution (cross-correlation) of X [N, C, D1, …] with W [M, C / group, k1, …], plus B [M] (optional): Y [N, M, …].
/// https://onnx.ai/onnx/operators/onnx__Conv.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
public sealed record Conv(IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1)
    : WindowOperator(KernelShape, Strides, Pads, Dilations)
{
    internal static Operator Read(AttributeReader reader)
    {
        IntList? kernel = ReadKernelShape(reader);
        IntList? strides = reader.Ints("strides");
        IntList? dilations = reader.Ints("dilations");
        return new Conv(kernel, strides, ReadPads(reader, kernel, strides, dilations), dilations, reader.Int("group", 1));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.String("auto_pad", ExplicitPads);
        WriteInts(writer, "dilations", Dilations);
        writer.Int("group", Group);
        WriteInts(writer, "kernel_shape", KernelShape);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2);
        int rank = context.Shape(0)?.Rank ?? context.Shape(1)?.Rank ?? KernelShape?.Count + 2 ?? -1;
        if (rank < 0)
        {
            context.SetOutput(0, type, null);
            return;
        }

        if (rank < 3)
        {
            throw context.Error($"expected X of rank 3 or more ([N, C, D1, …]), got rank {rank}.");
        }

        context.RequireRank(0, rank);
        context.RequireRank(1, rank);
        context.RequireRank(2, 1);
        RequireAttributes(context, rank - 2);
        SymbolicShape? x = context.Shape(0);
        SymbolicShape? w = context.Shape(1);
        RequireChannels(context, x, w);
        Dimension outputs = w is null ? Dimension.Unknown : w[0];
        if (context.Shape(2) is { } bias)
        {
            outputs = context.Unify(outputs, bias[0], "the output channels of W and B");
        }

        var result = new Dimension[rank];
        result[0] = x is null ? Dimension.Unknown : x[0];
        result[1] = outputs;
        for (int axis = 0; axis < rank - 2; axis++)
        {
            Dimension kernel = KernelShape is { } shape ? shape[axis] : Dimension.Unknown;
            kernel = w is null ? kernel : context.Unify(kernel, w[axis + 2], $"spatial axis {axis} of kernel_shape and W");
            result[axis + 2] = x is null || kernel.Size is not { } size ? Dimension.Unknown
                : size is < 1 or > int.MaxValue ? throw context.Error($"expected a kernel size from 1 to {int.MaxValue}, got {size}.")
                : OutputSize(context, x[axis + 2], axis, size);
        }

        context.SetOutput(0, type, new SymbolicShape(result));
    }

    /// <summary>The elements of Y times C / group times the kernel's size.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context)
    {
        SymbolicShape? w = context.Shape(1);
        return context.OutputShape(0)?.ElementCount is { } outputs && w?.ElementCount is { } weights && w[0].Size is { } channels
            && (channels == 0 ? 0 : (Int128)outputs * (weights / channels)) is var count && count <= long.MaxValue ? (long)count : null;
    }

    private void RequireChannels(InferenceContext context, SymbolicShape? x, SymbolicShape? w)
    {
        if (Group < 1)
        {
            throw context.Error($"expected 'group' of 1 or more, got {Group}.");
        }

        if (x?[1].Size is { } channels && w?[1].Size is { } perGroup && (Int128)perGroup * Group != channels)
        {
            throw context.Error($"expected {channels / (double)Group:0.##} input channels per group ({channels} channels, group {Group}), got {perGroup} (W is {w}); check 'group'.");
        }

        if (w?[0].Size is { } outputs && outputs % Group != 0)
        {
            throw context.Error($"expected output channels that divide into {Group} groups, got {outputs} (W is {w}); check 'group'.");
        }
    }
}

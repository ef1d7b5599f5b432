using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A convolution of X [N, C, D1, …] with W [M, C / group, k1, …] to Y [N, M, …], whatever the elements are.</summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
public abstract record ConvolutionOperator(IntList? KernelShape, IntList? Strides, IntList? Pads, IntList? Dilations, long Group)
    : WindowOperator(KernelShape, Strides, Pads, Dilations)
{
    /// <summary>The input that is W.</summary>
    public virtual int WeightsInput => 1;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteAutoPad(writer);
        WriteInts(writer, "dilations", Dilations);
        writer.Int("group", Group);
        WriteInts(writer, "kernel_shape", KernelShape);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <summary>Reads the attributes.</summary>
    private protected static (IntList? KernelShape, IntList? Strides, IntList? Pads, IntList? Dilations, long Group) ReadConvolution(AttributeReader reader, int weightsInput = 1)
    {
        IntList? kernel = ReadKernelShape(reader, weightsInput);
        IntList? strides = reader.Ints("strides");
        IntList? dilations = reader.Ints("dilations");
        return (kernel, strides, ReadPads(reader, kernel, strides, dilations), dilations, reader.Int("group", 1));
    }

    /// <summary>Infers Y.</summary>
    /// <param name="context">The node.</param>
    /// <param name="bias">The input that is the bias [M]; one that the node cannot have for none.</param>
    /// <param name="type">The element type of Y.</param>
    private protected void InferConvolution(InferenceContext context, int bias, ElementType type)
    {
        int weights = WeightsInput;
        int rank = context.Shape(0)?.Rank ?? context.Shape(weights)?.Rank ?? KernelShape?.Count + 2 ?? -1;
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
        context.RequireRank(weights, rank);
        context.RequireRank(bias, 1);
        RequireAttributes(context, rank - 2);
        SymbolicShape? x = context.Shape(0);
        SymbolicShape? w = context.Shape(weights);
        RequireChannels(context, x, w);
        Dimension outputs = w is null ? Dimension.Unknown : w[0];
        if (context.Shape(bias) is { } added)
        {
            outputs = context.Unify(outputs, added[0], "the output channels of W and B");
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
        SymbolicShape? w = context.Shape(WeightsInput);
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

using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The transpose of a convolution: X [N, C, D1, …], W [C, M / group, k1, …], B [M] (optional) give Y [N, M, …] with
/// stride · (D - 1) + output_padding + extent - pads on each spatial axis. <c>output_shape</c> and <c>auto_pad</c> are read as
/// the pads that they stand for. https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">What is cut at the begin of each spatial axis of Y, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
/// <param name="OutputPadding">What is added at the end of each spatial axis of Y; null is 0.</param>
public sealed record ConvTranspose(
    IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1, IntList? OutputPadding = null)
    : WindowOperator(KernelShape, Strides, Pads, Dilations)
{
    internal static Operator Read(AttributeReader reader)
    {
        IntList? kernel = ReadKernelShape(reader);
        IntList? strides = reader.Ints("strides");
        IntList? dilations = reader.Ints("dilations");
        IntList? outputPadding = reader.Ints("output_padding");
        IntList? pads = reader.Ints("pads");
        IntList? outputShape = reader.Ints("output_shape");
        string mode = reader.String("auto_pad", ExplicitPads);
        if (mode is not (ExplicitPads or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
        {
            throw reader.Error($"expected NOTSET, SAME_UPPER, SAME_LOWER or VALID for 'auto_pad', got '{mode}'.");
        }

        if (outputShape is not null || mode is "SAME_UPPER" or "SAME_LOWER")
        {
            (pads, outputPadding) = FitOutput(reader, kernel, strides, dilations, outputPadding, outputShape, mode);
        }
        else if (mode == "VALID")
        {
            pads = null;
        }

        return new ConvTranspose(kernel, strides, pads, dilations, reader.Int("group", 1), outputPadding);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.String("auto_pad", ExplicitPads);
        WriteInts(writer, "dilations", Dilations);
        writer.Int("group", Group);
        WriteInts(writer, "kernel_shape", KernelShape);
        WriteInts(writer, "output_padding", OutputPadding);
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
        if (OutputPadding is { } padding && (padding.Count != rank - 2 || padding.Any(value => value is < 0 or > int.MaxValue)))
        {
            throw context.Error($"expected {rank - 2} numbers from 0 to {int.MaxValue} for 'output_padding', got {padding}.");
        }

        SymbolicShape? x = context.Shape(0);
        SymbolicShape? w = context.Shape(1);
        Dimension outputs = Channels(context, x, w);
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
            result[axis + 2] = x is null || kernel.Size is not { } size || x[axis + 2].Size is not { } input ? Dimension.Unknown
                : TransposedSize(context, input, axis, size);
        }

        context.SetOutput(0, type, new SymbolicShape(result));
    }

    /// <summary>The elements of X times M / group times the kernel's size.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context)
    {
        SymbolicShape? w = context.Shape(1);
        return context.Shape(0)?.ElementCount is { } inputs && w?.ElementCount is { } weights && w[0].Size is { } channels
            && (channels == 0 ? 0 : (Int128)inputs * (weights / channels)) is var count && count <= long.MaxValue ? (long)count : null;
    }

    private Dimension TransposedSize(InferenceContext context, long input, int axis, long kernel)
    {
        Int128 whole = ((Int128)Stride(axis) * (input - 1)) + (OutputPadding?[axis] ?? 0) + Extent(kernel, Dilation(axis));
        Int128 size = whole - PadBegin(axis) - PadEnd(axis);
        return input == 0 ? 0
            : size > 0 && whole <= MaxPaddedSize ? (long)size
            : throw context.Error($"expected an output size above 0, and of {MaxPaddedSize} at most with pads, on spatial axis {axis}, got {size} (pads {PadBegin(axis)} and {PadEnd(axis)}).");
    }

    private Dimension Channels(InferenceContext context, SymbolicShape? x, SymbolicShape? w)
    {
        if (Group < 1)
        {
            throw context.Error($"expected 'group' of 1 or more, got {Group}.");
        }

        if (w is null)
        {
            return Dimension.Unknown;
        }

        Dimension channels = x is null ? w[0] : context.Unify(x[1], w[0], "the input channels of X and W");
        if (channels.Size is { } inputs && inputs % Group != 0)
        {
            throw context.Error($"expected input channels that divide into {Group} groups, got {inputs} (W is {w}); check 'group'.");
        }

        return w[1].Size is not { } perGroup ? Dimension.Unknown
            : (Int128)perGroup * Group is var outputs && outputs <= long.MaxValue ? (long)outputs
            : throw context.Error($"the output channels, {perGroup} in each of {Group} groups, do not fit 64 bits.");
    }

    /// <summary>The pads that give the output size which <c>output_shape</c> or <c>auto_pad</c> asks for, and what has to be added where none are enough.</summary>
    private static (IntList Pads, IntList? OutputPadding) FitOutput(
        AttributeReader reader, IntList? kernel, IntList? strides, IntList? dilations, IntList? outputPadding, IntList? outputShape, string mode)
    {
        SymbolicShape? input = reader.InputShape(0);
        int rank = kernel?.Count ?? -1;
        if (outputShape is not null && rank >= 0 && outputShape.Count == rank + 2)
        {
            // Some exporters write batch and channels too.
            outputShape = new IntList(outputShape.Values[2..]);
        }

        if (kernel is null || (input is not null && input.Rank != rank + 2) || (strides?.Count ?? rank) != rank || (dilations?.Count ?? rank) != rank
            || (outputPadding?.Count ?? rank) != rank || (outputShape?.Count ?? rank) != rank)
        {
            throw reader.Error($"expected an input, 'kernel_shape', 'strides', 'dilations', 'output_padding' and 'output_shape' that agree, got input {input}, {kernel}, {strides}, {dilations}, {outputPadding}, {outputShape}.");
        }

        var pads = new long[2 * rank];
        var added = new long[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            long stride = strides?[axis] ?? 1;
            long dilation = dilations?[axis] ?? 1;
            added[axis] = outputPadding?[axis] ?? 0;
            RequirePositive(reader, kernel[axis], stride, dilation);
            Int128 total = Extent(kernel[axis], dilation) + added[axis];
            if (outputShape is null)
            {
                // The output is stride times the input.
                total -= stride;
            }
            else
            {
                long size = input?[axis + 2].Size
                    ?? throw reader.Unsupported($"output_shape needs the input's size on spatial axis {axis}, which is not known; fix the model's input shape or write explicit pads.");
                total += ((Int128)stride * (size - 1)) - outputShape[axis];
            }

            if (total < 0)
            {
                added[axis] = -total <= int.MaxValue ? added[axis] + (long)-total
                    : throw reader.Error($"expected an output that the input can fill on spatial axis {axis}, got {-total} more.");
                total = 0;
            }

            Distribute(reader, pads, axis, total, mode == "SAME_UPPER");
        }

        return (new IntList(pads), Array.TrueForAll(added, value => value == 0) ? outputPadding : new IntList(added));
    }
}

using System.Globalization;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// An operator that slides a window over the spatial axes of [N, C, D1, …]: convolutions and poolings. A list that is null
/// has ONNX's default: strides and dilations of 1, pads of 0. Pads are all begins, then all ends. The deprecated
/// <c>auto_pad</c> is read as the pads that it stands for.
/// </summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step of the window on each spatial axis.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each.</param>
/// <param name="Dilations">The distance between neighbours in the window on each spatial axis.</param>
public abstract record WindowOperator(IntList? KernelShape, IntList? Strides, IntList? Pads, IntList? Dilations) : Operator
{
    /// <summary>The value of <c>auto_pad</c> that is written: the pads are explicit.</summary>
    private protected const string ExplicitPads = "NOTSET";

    /// <summary>The greatest size of a spatial axis, padding included: far beyond any image, and sums with it fit an int.</summary>
    private protected const int MaxPaddedSize = 1 << 30;

    /// <summary>The size of one spatial axis of the window, holes counted.</summary>
    public static Int128 Extent(long kernel, long dilation) => ((Int128)(kernel - 1) * dilation) + 1;

    /// <summary>How the pads follow from the input's size, where a run has to say it; <see cref="PaddedFor"/> then gives the pads.</summary>
    public AutoPad AutoPad { get; init; }

    /// <summary>The stride on a spatial axis.</summary>
    public long Stride(int axis) => Strides?[axis] ?? 1;

    /// <summary>The dilation on a spatial axis.</summary>
    public long Dilation(int axis) => Dilations?[axis] ?? 1;

    /// <summary>The padding at the begin of a spatial axis.</summary>
    public long PadBegin(int axis) => Pads?[axis] ?? 0;

    /// <summary>The padding at the end of a spatial axis.</summary>
    public long PadEnd(int axis) => Pads is null ? 0 : Pads[axis + (Pads.Count / 2)];

    /// <summary>The operator with the pads that <see cref="AutoPad"/> stands for.</summary>
    /// <param name="sizes">The input's size on each spatial axis.</param>
    public WindowOperator PaddedFor(ReadOnlySpan<int> sizes)
    {
        var pads = new long[2 * sizes.Length];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            (pads[axis], pads[axis + sizes.Length]) = PadsOf(axis, sizes[axis], KernelShape![axis]);
        }

        return this with { Pads = new IntList(pads), AutoPad = AutoPad.None };
    }

    private (long Begin, long End) PadsOf(int axis, long size, long kernel)
    {
        if (AutoPad == AutoPad.None)
        {
            return (PadBegin(axis), PadEnd(axis));
        }

        long total = (long)Int128.Min(SamePadding(size, Stride(axis), Extent(kernel, Dilation(axis))), int.MaxValue);
        return AutoPad == AutoPad.SameUpper ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);
    }

    private static Int128 SamePadding(long size, long stride, Int128 extent)
    {
        Int128 outputs = ((Int128)size + stride - 1) / stride;
        return Int128.Max(0, ((outputs - 1) * stride) + extent - size);
    }

    /// <summary>Writes a list that is there.</summary>
    private protected static void WriteInts(AttributeWriter writer, string name, IntList? values)
    {
        if (values is not null)
        {
            writer.Ints(name, values.Values);
        }
    }

    /// <summary>Checks the number and range of the attributes' values for a number of spatial axes.</summary>
    private protected void RequireAttributes(InferenceContext context, int spatialRank)
    {
        Check("kernel_shape", KernelShape, spatialRank, 1);
        Check("strides", Strides, spatialRank, 1);
        Check("pads", Pads, 2 * spatialRank, 0);
        Check("dilations", Dilations, spatialRank, 1);

        void Check(string name, IntList? values, int count, long min)
        {
            if (values is not null && (values.Count != count || values.Any(value => value < min || value > int.MaxValue)))
            {
                throw context.Error($"expected {count} numbers from {min} to {int.MaxValue} for '{name}' with {spatialRank} spatial axes, got {values}.");
            }
        }
    }

    /// <summary>
    /// The size of an output axis: ⌊(size + pads - extent) / stride⌋ + 1, or with ⌈⌉, of which a window that would start in
    /// the padding at the end is left out.
    /// </summary>
    private protected Dimension OutputSize(InferenceContext context, Dimension input, int axis, long kernel, bool ceil = false)
    {
        Int128 extent = Extent(kernel, Dilation(axis));
        if (input.Size is not { } size)
        {
            return Stride(axis) == 1 && (AutoPad != AutoPad.None || (Int128)PadBegin(axis) + PadEnd(axis) + 1 == extent) ? input : Dimension.Unknown;
        }

        (long begin, long end) = PadsOf(axis, size, kernel);
        Int128 pads = (Int128)begin + end;

        if (pads > 0 && size + pads > MaxPaddedSize)
        {
            throw context.Error($"expected a padded size of {MaxPaddedSize} at most on spatial axis {axis}, got {size + pads}.");
        }

        Int128 free = size + pads - extent;
        Int128 stride = Stride(axis);
        Int128 steps = ceil ? -Floor(-free, stride) : Floor(free, stride);
        if (ceil && steps * stride >= (Int128)size + begin)
        {
            steps--;
        }

        return steps >= 0 && steps < long.MaxValue ? (long)steps + 1
            : throw context.Error(string.Create(CultureInfo.InvariantCulture,
                $"expected a window of {size + pads} at most on spatial axis {axis} (size {size}, pads {begin} and {end}), got {extent} (kernel {kernel}, dilation {Dilation(axis)})."));
    }

    /// <summary>Reads <c>pads</c>, or converts <c>auto_pad</c> of a convolution or pooling.</summary>
    private protected static IntList? ReadPads(AttributeReader reader, IntList? kernel, IntList? strides, IntList? dilations)
    {
        IntList? pads = reader.Ints("pads");
        string mode = reader.String("auto_pad", ExplicitPads);
        switch (mode)
        {
            case ExplicitPads:
                return pads;
            case "VALID":
                return null;
            case "SAME_UPPER" or "SAME_LOWER":
                break;
            default:
                throw reader.Error($"expected NOTSET, SAME_UPPER, SAME_LOWER or VALID for 'auto_pad', got '{mode}'.");
        }

        SymbolicShape? input = reader.InputShape(0);
        int rank = kernel?.Count ?? -1;
        if (kernel is null || rank < 0 || (input is not null && input.Rank != rank + 2) || (strides?.Count ?? rank) != rank || (dilations?.Count ?? rank) != rank)
        {
            throw reader.Error($"expected an input of rank {(rank < 0 ? "2 or more" : rank + 2)}, 'kernel_shape', 'strides' and 'dilations' that agree, got input {input}, {kernel}, {strides}, {dilations}.");
        }

        var result = new long[2 * rank];
        bool isOpen = ReadAutoPad(reader, strides) != AutoPad.None;
        for (int axis = 0; axis < rank; axis++)
        {
            long stride = strides?[axis] ?? 1;
            long dilation = dilations?[axis] ?? 1;
            RequirePositive(reader, kernel[axis], stride, dilation);
            Int128 extent = Extent(kernel[axis], dilation);
            Int128 total = stride == 1 ? extent - 1 : isOpen ? 0 : SamePadding(input![axis + 2].Size!.Value, stride, extent);
            Distribute(reader, result, axis, total, mode == "SAME_UPPER");
        }

        return isOpen ? null : new IntList(result);
    }

    /// <summary>The value of <c>auto_pad</c> where the pads depend on a size of the input that is not known; else none: <see cref="ReadPads"/> has said them.</summary>
    private protected static AutoPad ReadAutoPad(AttributeReader reader, IntList? strides)
    {
        AutoPad mode = reader.String("auto_pad", ExplicitPads) switch
        {
            "SAME_UPPER" => AutoPad.SameUpper,
            "SAME_LOWER" => AutoPad.SameLower,
            _ => AutoPad.None,
        };
        for (int axis = 0; axis < strides?.Count; axis++)
        {
            if (mode != AutoPad.None && strides[axis] != 1 && !(reader.InputShape(0) is { } input && axis + 2 < input.Rank && input[axis + 2].IsKnown))
            {
                return mode;
            }
        }

        return AutoPad.None;
    }

    /// <summary>Writes the pads, or the way in which they follow from the input's size.</summary>
    private protected void WriteAutoPad(AttributeWriter writer) => writer.String("auto_pad", AutoPad switch
    {
        AutoPad.SameUpper => "SAME_UPPER",
        AutoPad.SameLower => "SAME_LOWER",
        _ => ExplicitPads,
    });

    /// <summary>Shares padding between begin and end; the end or the begin gets the odd one.</summary>
    private protected static void Distribute(AttributeReader reader, long[] pads, int axis, Int128 total, bool moreAtEnd)
    {
        if (total > int.MaxValue)
        {
            throw reader.Error($"expected padding of {int.MaxValue} at most on spatial axis {axis}, got {total}.");
        }

        long less = (long)total / 2;
        long more = (long)total - less;
        (pads[axis], pads[axis + (pads.Length / 2)]) = moreAtEnd ? (less, more) : (more, less);
    }

    private protected static void RequirePositive(AttributeReader reader, long kernel, long stride, long dilation)
    {
        if (kernel is < 1 or > int.MaxValue || stride is < 1 or > int.MaxValue || dilation is < 1 or > int.MaxValue)
        {
            throw reader.Error($"expected kernel sizes, strides and dilations from 1 to {int.MaxValue}, got {kernel}, {stride}, {dilation}.");
        }
    }

    /// <summary>The kernel's shape, or that of the weights [M, C, k1, …] where the attribute is left out.</summary>
    private protected static IntList? ReadKernelShape(AttributeReader reader, int weightsInput = 1)
    {
        if (reader.Ints("kernel_shape") is { } given)
        {
            return given;
        }

        return reader.InputShape(weightsInput) is not { Rank: >= 2 } weights || weights.Dimensions[2..].ToArray() is not { } spatial || !Array.TrueForAll(spatial, size => size.IsKnown) ? null
            : new IntList([.. spatial.Select(size => size.Size!.Value)]);
    }

    private static Int128 Floor(Int128 dividend, Int128 divisor) => dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor);
}

using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Conv = Toolkit.Onnx.Operators.Conv;
using ConvTranspose = Toolkit.Onnx.Operators.ConvTranspose;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>From ONNX's attributes of convolutions to the kernels' geometry, and to attributes of which none is left out.</summary>
internal static class ConvolutionAttributes
{
    /// <summary>The geometry of a convolution of x [N, C, H, W] or [N, C, L] with w [M, C/groups, k…].</summary>
    public static ConvolutionGeometry Geometry(Shape x, Shape w, Conv attributes)
    {
        int last = x.Rank - 3;
        return Window(w, attributes.Strides, attributes.Pads, attributes.Dilations) with
        {
            Batch = x[0],
            InputChannels = x[1],
            InputHeight = last == 0 ? 1 : x[2],
            InputWidth = x[^1],
            OutputChannels = w[0],
            Groups = (int)attributes.Group,
        };
    }

    /// <summary>The geometry of the convolution that a transposed one of x [N, C, H, W] or [N, C, L] with w [C, M/groups, k…] is the transpose of.</summary>
    public static ConvolutionGeometry Geometry(Shape x, Shape w, ConvTranspose attributes)
    {
        int last = x.Rank - 3;
        ConvolutionGeometry g = Window(w, attributes.Strides, attributes.Pads, attributes.Dilations);
        return g with
        {
            Batch = x[0],
            InputChannels = w[1] * (int)attributes.Group,
            InputHeight = last == 0 ? 1 : Size(x[2], attributes.OutputPadding?[0], g.StrideHeight, g.KernelHeight, g.DilationHeight) - g.PadTop - g.PadBottom,
            InputWidth = Size(x[^1], attributes.OutputPadding?[last], g.StrideWidth, g.KernelWidth, g.DilationWidth) - g.PadLeft - g.PadRight,
            OutputChannels = w[0],
            Groups = (int)attributes.Group,
        };
    }

    /// <summary>The attributes with every one written out, as files have them.</summary>
    public static Conv Complete(Conv attributes, Shape w)
    {
        int axes = w.Rank - 2;
        return attributes with
        {
            KernelShape = Kernel(w),
            Strides = attributes.Strides ?? Repeat(1, axes),
            Pads = attributes.Pads ?? Repeat(0, 2 * axes),
            Dilations = attributes.Dilations ?? Repeat(1, axes),
        };
    }

    /// <inheritdoc cref="Complete(Conv, Shape)"/>
    public static ConvTranspose Complete(ConvTranspose attributes, Shape w)
    {
        int axes = w.Rank - 2;
        return attributes with
        {
            KernelShape = Kernel(w),
            Strides = attributes.Strides ?? Repeat(1, axes),
            Pads = attributes.Pads ?? Repeat(0, 2 * axes),
            Dilations = attributes.Dilations ?? Repeat(1, axes),
            OutputPadding = attributes.OutputPadding ?? Repeat(0, axes),
        };
    }

    private static ConvolutionGeometry Window(Shape w, IntList? strides, IntList? pads, IntList? dilations)
    {
        int last = w.Rank - 3;
        bool isFlat = last == 0;
        return new ConvolutionGeometry
        {
            KernelHeight = isFlat ? 1 : w[2],
            KernelWidth = w[^1],
            StrideHeight = isFlat ? 1 : (int)(strides?[0] ?? 1),
            StrideWidth = (int)(strides?[last] ?? 1),
            DilationHeight = isFlat ? 1 : (int)(dilations?[0] ?? 1),
            DilationWidth = (int)(dilations?[last] ?? 1),
            PadTop = isFlat ? 0 : (int)(pads?[0] ?? 0),
            PadLeft = (int)(pads?[last] ?? 0),
            PadBottom = isFlat ? 0 : (int)(pads?[2] ?? 0),
            PadRight = (int)(pads?[(2 * last) + 1] ?? 0),
        };
    }

    private static int Size(int input, long? outputPadding, int stride, int kernel, int dilation) =>
        (stride * (input - 1)) + (int)(outputPadding ?? 0) + ((kernel - 1) * dilation) + 1;

    private static IntList Kernel(Shape w)
    {
        long[] sizes = new long[w.Rank - 2];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = w[axis + 2];
        }

        return new IntList(sizes);
    }

    private static IntList Repeat(long value, int count)
    {
        long[] values = new long[count];
        Array.Fill(values, value);
        return new IntList(values);
    }
}

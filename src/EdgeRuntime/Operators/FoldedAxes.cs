using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Convolutions of more than two spatial axes. Weights [M, C, k1, …, kH, kW] are, as they lie, weights [M, C · k1 · …, kH, kW]: for each position of
/// the outer axes a two-dimensional convolution reads the slices of x that the outer kernel axes see there as so many channels.
/// </summary>
internal static class FoldedAxes
{
    private const int MaxOuter = Shape.MaxRank;

    /// <summary>Elements of scratch memory that <see cref="Convolve"/> needs.</summary>
    public static long ConvolutionScratch(Shape x, Shape w, Shape y) =>
        ((long)x[1] * w.LengthOf(2..^2) * x.LengthOf(^2..)) + ((long)y[1] * y.LengthOf(^2..));

    /// <summary>Elements of scratch memory that <see cref="ConvolveTransposed"/> needs.</summary>
    public static long TransposedScratch(Shape x, Shape w, Shape y) =>
        ((long)x[1] * x.LengthOf(^2..)) + ((long)y[1] * w.LengthOf(2..^2) * y.LengthOf(^2..));

    /// <summary>y = activation(x ∗ w + bias).</summary>
    public static void Convolve<T>(
        Conv op, Shape xShape, ReadOnlySpan<T> x, Shape wShape, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Shape yShape, Span<T> y, ActivationKind activation, in KernelArguments arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int taps = wShape.LengthOf(2..^2);
        int plane = xShape.LengthOf(^2..);
        int outPlane = yShape.LengthOf(^2..);
        int volume = xShape.LengthOf(2..);
        int outVolume = yShape.LengthOf(2..);
        Span<T> slices = arguments.Scratch<T>((int)ConvolutionScratch(xShape, wShape, yShape));
        Span<T> result = slices[(xShape[1] * taps * plane)..];
        slices = slices[..^result.Length];
        ConvolutionGeometry geometry = Geometry(op, (int)op.Group, wShape, taps, xShape[1], xShape);
        Span<int> position = stackalloc int[MaxOuter];
        for (int n = 0; n < xShape[0]; n++)
        {
            position.Clear();
            for (int outer = 0; outer < outVolume / outPlane; outer++)
            {
                for (int channel = 0; channel < xShape[1]; channel++)
                {
                    WorkLimits.Poll();
                    ReadOnlySpan<T> source = x.Slice(((n * xShape[1]) + channel) * volume, volume);
                    for (int tap = 0; tap < taps; tap++)
                    {
                        WorkLimits.Poll();
                        int from = SliceOf(op, position, tap, wShape, xShape);
                        Span<T> target = slices.Slice(((channel * taps) + tap) * plane, plane);
                        if (from < 0)
                        {
                            target.Clear();
                        }
                        else
                        {
                            source.Slice(from * plane, plane).CopyTo(target);
                        }
                    }
                }

                Convolution.Forward(geometry, slices, w, bias, result, activation, arguments.Workers);
                for (int channel = 0; channel < yShape[1]; channel++)
                {
                    result.Slice(channel * outPlane, outPlane).CopyTo(y[((((n * yShape[1]) + channel) * outVolume) + (outer * outPlane))..]);
                }

                Advance(position, yShape);
            }
        }
    }

    /// <summary>y = the transpose of the convolution with w, of x, plus bias.</summary>
    public static void ConvolveTransposed<T>(
        ConvTranspose op, Shape xShape, ReadOnlySpan<T> x, Shape wShape, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Shape yShape, Span<T> y, in KernelArguments arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int taps = wShape.LengthOf(2..^2);
        int plane = xShape.LengthOf(^2..);
        int outPlane = yShape.LengthOf(^2..);
        int volume = xShape.LengthOf(2..);
        int outVolume = yShape.LengthOf(2..);
        Span<T> slice = arguments.Scratch<T>((int)TransposedScratch(xShape, wShape, yShape));
        Span<T> result = slice[(xShape[1] * plane)..];
        slice = slice[..^result.Length];
        ConvolutionGeometry geometry = Geometry(op, (int)op.Group, wShape, taps, yShape[1], yShape);
        ChannelBias.Fill(y, bias, outVolume);
        Span<int> position = stackalloc int[MaxOuter];
        for (int n = 0; n < xShape[0]; n++)
        {
            position.Clear();
            for (int outer = 0; outer < volume / plane; outer++)
            {
                for (int channel = 0; channel < xShape[1]; channel++)
                {
                    x.Slice((((n * xShape[1]) + channel) * volume) + (outer * plane), plane).CopyTo(slice[(channel * plane)..]);
                }

                Convolution.ForwardTransposed(geometry, slice, w, [], result, ActivationKind.None, arguments.Workers);
                for (int channel = 0; channel < yShape[1]; channel++)
                {
                    for (int tap = 0; tap < taps; tap++)
                    {
                        WorkLimits.Poll();
                        int to = SliceOf(op, position, tap, wShape, yShape);
                        if (to >= 0)
                        {
                            Span<T> target = y.Slice((((n * yShape[1]) + channel) * outVolume) + (to * outPlane), outPlane);
                            ElementWise.Binary<Numerics.Kernels.Add, T>(default, target, result.Slice(((channel * taps) + tap) * outPlane, outPlane), target, arguments.Workers);
                        }
                    }
                }

                Advance(position, xShape);
            }
        }
    }

    // The innermost two axes, with the outer kernel axes as channels.
    private static ConvolutionGeometry Geometry(WindowOperator op, int group, Shape w, int taps, int channels, Shape input) =>
        WindowGeometry.Convolution(op, group, w, 1, channels, input) with { InputChannels = channels * taps };

    // Which slice of the larger side a kernel tap of the outer axes meets at a position of the smaller; -1 in the padding.
    private static int SliceOf(WindowOperator op, ReadOnlySpan<int> position, int tap, Shape w, Shape larger)
    {
        Span<int> taps = stackalloc int[MaxOuter];
        int outer = w.Rank - 2 - WindowGeometry.KernelAxes;
        for (int axis = outer - 1; axis >= 0; axis--)
        {
            taps[axis] = tap % w[axis + 2];
            tap /= w[axis + 2];
        }

        int slice = 0;
        for (int axis = 0; axis < outer; axis++)
        {
            long at = (position[axis] * op.Stride(axis)) + (taps[axis] * op.Dilation(axis)) - op.PadBegin(axis);
            if (at < 0 || at >= larger[axis + 2])
            {
                return -1;
            }

            slice = (slice * larger[axis + 2]) + (int)at;
        }

        return slice;
    }

    private static void Advance(Span<int> position, Shape shape)
    {
        for (int axis = shape.Rank - 3 - WindowGeometry.KernelAxes; axis >= 0 && ++position[axis] == shape[axis + 2]; axis--)
        {
            position[axis] = 0;
        }
    }
}

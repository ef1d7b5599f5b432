using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Pooling of any number of spatial axes and of any number type, element by element: for what the vector kernels do not cover.
/// Allocates nothing.
/// </summary>
internal static class DirectPooling
{
    /// <summary>The maximum of each window, and where in its plane it lies; of equals the first. A window of padding alone gives the least number and -1.</summary>
    /// <param name="op">The windows.</param>
    /// <param name="xShape">[N, C, D1, …].</param>
    /// <param name="x">The elements.</param>
    /// <param name="yShape">[N, C, …].</param>
    /// <param name="y">The maxima.</param>
    /// <param name="indices">Where they lie, in planes; empty if nobody wants to know.</param>
    public static void Max<T>(PoolOperator op, Shape xShape, ReadOnlySpan<T> x, Shape yShape, Span<T> y, Span<long> indices)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        int plane = xShape.LengthOf(2..);
        int outPlane = yShape.LengthOf(2..);
        Span<int> position = stackalloc int[Shape.MaxRank];
        Span<int> tap = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < y.Length; i++)
        {
            if (i % outPlane == 0)
            {
                position.Clear();
            }

            ReadOnlySpan<T> source = x.Slice(i / outPlane * plane, plane);
            int best = -1;
            tap.Clear();
            int walked = 0;
            do
            {
                int at = OffsetOf(op, position, tap, xShape, out _);
                if (at >= 0 && (best < 0 || source[at] > source[best]))
                {
                    best = at;
                }
            }
            while (NextTap(op, tap, xShape, ref walked));
            y[i] = best < 0 ? T.MinValue : source[best];
            if (!indices.IsEmpty)
            {
                indices[i] = best;
            }

            NextPosition(position, yShape);
        }
    }

    /// <summary>The average of each window: of its elements inside, or of those in the padding too.</summary>
    public static void Average<T>(AveragePool op, Shape xShape, ReadOnlySpan<T> x, Shape yShape, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int plane = xShape.LengthOf(2..);
        int outPlane = yShape.LengthOf(2..);
        Span<int> position = stackalloc int[Shape.MaxRank];
        Span<int> tap = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < y.Length; i++)
        {
            if (i % outPlane == 0)
            {
                position.Clear();
            }

            ReadOnlySpan<T> source = x.Slice(i / outPlane * plane, plane);
            double sum = 0;
            int count = 0;
            tap.Clear();
            int walked = 0;
            do
            {
                int at = OffsetOf(op, position, tap, xShape, out bool isPadded);
                sum += at >= 0 ? double.CreateTruncating(source[at]) : 0;
                count += at >= 0 || (isPadded && op.CountIncludePad) ? 1 : 0;
            }
            while (NextTap(op, tap, xShape, ref walked));
            y[i] = T.CreateTruncating(sum / Math.Max(count, 1));
            NextPosition(position, yShape);
        }
    }

    /// <summary>The p-norm of each window; padding adds 0.</summary>
    public static void Norm<T>(LpPool op, Shape xShape, ReadOnlySpan<T> x, Shape yShape, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int plane = xShape.LengthOf(2..);
        int outPlane = yShape.LengthOf(2..);
        Span<int> position = stackalloc int[Shape.MaxRank];
        Span<int> tap = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < y.Length; i++)
        {
            if (i % outPlane == 0)
            {
                position.Clear();
            }

            ReadOnlySpan<T> source = x.Slice(i / outPlane * plane, plane);
            double sum = 0;
            tap.Clear();
            int walked = 0;
            do
            {
                int at = OffsetOf(op, position, tap, xShape, out _);
                sum += at >= 0 ? Power(double.CreateTruncating(source[at]), op.P) : 0;
            }
            while (NextTap(op, tap, xShape, ref walked));
            y[i] = T.CreateTruncating(Root(sum, op.P));
            NextPosition(position, yShape);
        }
    }

    /// <summary>|x|ᵖ.</summary>
    public static double Power(double x, float p) => p == 1 ? Math.Abs(x) : p == 2 ? x * x : Math.Pow(Math.Abs(x), p);

    /// <summary>x^(1/p).</summary>
    public static double Root(double x, float p) => p == 1 ? x : p == 2 ? Math.Sqrt(x) : Math.Pow(x, 1.0 / p);

    // Where an element of a window lies in its plane, or -1; isPadded says whether it is within the padding at least.
    private static int OffsetOf(PoolOperator op, ReadOnlySpan<int> position, ReadOnlySpan<int> tap, Shape x, out bool isPadded)
    {
        int offset = 0;
        isPadded = true;
        for (int axis = 0; axis < x.Rank - 2; axis++)
        {
            long at = (position[axis] * op.Stride(axis)) + (tap[axis] * op.Dilation(axis)) - op.PadBegin(axis);
            int size = x[axis + 2];
            isPadded &= at < size + op.PadEnd(axis);
            offset = offset < 0 || at < 0 || at >= size ? -1 : (offset * size) + (int)at;
        }

        return offset;
    }

    // Taps that no window has within input and padding are not walked.
    private static bool NextTap(PoolOperator op, Span<int> tap, Shape x, ref int walked)
    {
        if ((++walked & 1023) == 0)
        {
            WorkLimits.Poll();
        }

        for (int axis = op.KernelShape.Count - 1; axis >= 0; axis--)
        {
            long reach = ((x[axis + 2] + op.PadBegin(axis) + op.PadEnd(axis) - 1) / op.Dilation(axis)) + 1;
            if (++tap[axis] < Math.Min(op.KernelShape[axis], reach))
            {
                return true;
            }

            tap[axis] = 0;
        }

        return false;
    }

    private static void NextPosition(Span<int> position, Shape y)
    {
        for (int axis = y.Rank - 3; axis >= 0 && ++position[axis] == y[axis + 2]; axis--)
        {
            position[axis] = 0;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.AverageForward"/>, over planes; a window's elements are added in row-major order.</summary>
internal readonly unsafe struct AveragePoolBody(void* x, void* y, PoolingGeometry geometry, bool countIncludePad) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        int rows = vertical.OutputSize;
        int columns = horizontal.OutputSize;
        int fastColumns = TwoByTwo.Windows(horizontal);
        int fastRows = fastColumns == 0 ? 0 : TwoByTwo.Windows(vertical);
        bool isWhole = fastRows == rows && fastColumns == columns;
        TElement* weights = isWhole ? null : ThreadScratch.Rent<TElement>(columns);
        TElement* xEnd = (TElement*)x + geometry.InputLength;
        TElement* yEnd = (TElement*)y + ((nint)end * rows * columns);
        for (int plane = start; plane < end; plane++)
        {
            WorkLimits.Poll();
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            TElement* py = (TElement*)y + ((nint)plane * rows * columns);
            TwoByTwo.Forward<MeanOfFour, TLanes, TElement>(default, px, horizontal.Size, xEnd, py, columns, yEnd, fastRows, fastColumns);
            int known = -1;
            for (int row = 0; !isWhole && row < rows; row++)
            {
                int from = row < fastRows ? fastColumns : 0;
                if (from < columns)
                {
                    known = Weights(vertical, horizontal, row, countIncludePad, weights, known);
                    Row<TLanes, TElement>(px, py + ((nint)row * columns), row, from, columns, weights);
                }
            }
        }
    }

    /// <summary>1 / the number of elements that each mean of a row of windows is of; 0 where there is none.</summary>
    /// <param name="vertical">The axis H.</param>
    /// <param name="horizontal">The axis W.</param>
    /// <param name="row">The row of windows.</param>
    /// <param name="countIncludePad">Whether padding counts.</param>
    /// <param name="weights">Where they go.</param>
    /// <param name="known">The row's elements along H that <paramref name="weights"/> holds already; -1 for none.</param>
    /// <returns>The elements along H.</returns>
    internal static int Weights<TElement>(in PoolingAxis vertical, in PoolingAxis horizontal, int row, bool countIncludePad, TElement* weights, int known)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        (int top, int bottom) = vertical.Taps(row);
        int height = countIncludePad ? vertical.PaddedTaps(row) : bottom - top;
        for (int column = 0; height != known && column < horizontal.OutputSize; column++)
        {
            (int left, int right) = horizontal.Taps(column);
            int count = height * (countIncludePad ? horizontal.PaddedTaps(column) : right - left);
            weights[column] = count == 0 ? TElement.Zero : TElement.One / TElement.CreateTruncating(count);
        }

        return height;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* px, TElement* py, int row, int from, int to, TElement* weights)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        TLanes zero = TLanes.Zero;
        new Span<TElement>(py + from, to - from).Clear();
        (int top, int bottom) = vertical.Taps(row);
        int stride = horizontal.Stride;
        for (int kh = top; kh < bottom; kh++)
        {
            if ((kh & 63) == 63)
            {
                WorkLimits.Poll();
            }

            TElement* line = px + ((nint)((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size);
            for (int kw = 0; kw < horizontal.Kernel; kw++)
            {
                if ((kw & 63) == 63)
                {
                    WorkLimits.Poll();
                }

                (int begin, int end) = PoolingTaps.Windows(horizontal, kw, from, to);
                TElement* source = line + (kw * horizontal.Dilation) - horizontal.PadBegin;
                for (int o = begin; o < end; o += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, end - o);
                    TLanes value = PoolingTaps.Load<TLanes, TElement>(source + (o * stride), stride, count);
                    TLanes.StorePartial(TLanes.LoadPartial(py + o, count, zero) + value, py + o, count);
                }
            }
        }

        for (int o = from; o < to; o += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, to - o);
            TLanes.StorePartial(TLanes.LoadPartial(py + o, count, zero) * TLanes.LoadPartial(weights + o, count, zero), py + o, count);
        }
    }
}

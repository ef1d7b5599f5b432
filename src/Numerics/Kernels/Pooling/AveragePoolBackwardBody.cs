using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Pooling.AverageBackward"/>, over planes. A plane's rows of windows are taken in their order, and each tap by tap: the order in which
/// an element adds up its windows' gradients depends on the geometry alone.
/// </summary>
internal readonly unsafe struct AveragePoolBackwardBody(void* dy, void* dx, PoolingGeometry geometry, bool countIncludePad, bool accumulate) : ILaneBody
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
        TElement* dyEnd = (TElement*)dy + geometry.OutputLength;
        TElement* dxEnd = (TElement*)dx + ((nint)end * geometry.PlaneLength);
        for (int plane = start; plane < end; plane++)
        {
            TElement* pdx = (TElement*)dx + ((nint)plane * geometry.PlaneLength);
            TElement* pdy = (TElement*)dy + ((nint)plane * rows * columns);
            TwoByTwo.Backward<MeanOfFour, TLanes, TElement>(default, pdx, dxEnd, pdy, columns, dyEnd, pdx, dxEnd, horizontal.Size, fastRows, fastColumns, accumulate);
            if (!accumulate)
            {
                int covered = 2 * fastRows * horizontal.Size;
                new Span<TElement>(pdx + covered, geometry.PlaneLength - covered).Clear();
            }

            int known = -1;
            for (int row = 0; !isWhole && row < rows; row++)
            {
                int from = row < fastRows ? fastColumns : 0;
                if (from < columns)
                {
                    known = AveragePoolBody.Weights(vertical, horizontal, row, countIncludePad, weights, known);
                    Row<TLanes, TElement>(pdy + ((nint)row * columns), pdx, row, from, columns, weights);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* pdy, TElement* pdx, int row, int from, int to, TElement* weights)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        TLanes zero = TLanes.Zero;
        (int top, int bottom) = vertical.Taps(row);
        int stride = horizontal.Stride;
        for (int kh = top; kh < bottom; kh++)
        {
            TElement* line = pdx + ((nint)((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size);
            for (int kw = 0; kw < horizontal.Kernel; kw++)
            {
                (int begin, int end) = PoolingTaps.Windows(horizontal, kw, from, to);
                TElement* destination = line + (kw * horizontal.Dilation) - horizontal.PadBegin;
                for (int o = begin; o < end; o += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, end - o);
                    TLanes share = TLanes.LoadPartial(pdy + o, count, zero) * TLanes.LoadPartial(weights + o, count, zero);
                    PoolingTaps.Add(share, destination + (o * stride), stride, count);
                }
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Pooling.MaxBackward"/>, over planes. A plane's rows of windows are taken in their order, and each tap by tap: the order in which an
/// element adds up its windows' gradients depends on the geometry alone.
/// </summary>
/// <typeparam name="TActivation">What made x; its derivative is taken of x alone.</typeparam>
internal readonly unsafe struct MaxPoolBackwardBody<TActivation>(TActivation activation, void* x, void* dy, void* dx, PoolingGeometry geometry, bool accumulate) : ILaneBody
    where TActivation : struct, IDifferentiableOperation
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
        var spread = new MaxOfFour<TActivation>(activation);
        TElement* xEnd = (TElement*)x + geometry.InputLength;
        TElement* dyEnd = (TElement*)dy + geometry.OutputLength;
        TElement* dxEnd = (TElement*)dx + ((nint)end * geometry.PlaneLength);
        bool isWhole = fastRows == rows && fastColumns == columns;
        TElement* scratch = isWhole ? null : ThreadScratch.Rent<TElement>(3 * columns);
        for (int plane = start; plane < end; plane++)
        {
            TElement* px = (TElement*)x + ((nint)plane * geometry.PlaneLength);
            TElement* pdx = (TElement*)dx + ((nint)plane * geometry.PlaneLength);
            TElement* pdy = (TElement*)dy + ((nint)plane * rows * columns);
            TwoByTwo.Backward<MaxOfFour<TActivation>, TLanes, TElement>(spread, px, xEnd, pdy, columns, dyEnd, pdx, dxEnd, horizontal.Size, fastRows, fastColumns, accumulate);
            if (!accumulate)
            {
                int covered = 2 * fastRows * horizontal.Size;
                new Span<TElement>(pdx + covered, geometry.PlaneLength - covered).Clear();
            }

            for (int row = 0; !isWhole && row < rows; row++)
            {
                int from = row < fastRows ? fastColumns : 0;
                if (from < columns)
                {
                    Row<TLanes, TElement>(px, pdy + ((nint)row * columns), pdx, row, from, columns, scratch);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* px, TElement* pdy, TElement* pdx, int row, int from, int to, TElement* scratch)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        PoolingAxis vertical = geometry.Vertical;
        PoolingAxis horizontal = geometry.Horizontal;
        TElement* best = scratch;
        TElement* taps = scratch + to;
        TElement* gradients = taps + to;
        MaxPoolRow.Take<TLanes, TElement>(px, vertical, horizontal, row, from, to, best, taps);
        TActivation f = activation;
        TLanes zero = TLanes.Zero;
        for (int o = from; o < to; o += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, to - o);
            TLanes max = TLanes.LoadPartial(best + o, count, zero);
            TLanes.StorePartial(f.Backward(max, max, TLanes.LoadPartial(pdy + o, count, zero)), gradients + o, count);
        }

        if (to - from == 1)
        {
            AddOne(pdx, row, from, int.CreateTruncating(taps[from]), gradients[from]);
            return;
        }

        (int top, int bottom) = vertical.Taps(row);
        int stride = horizontal.Stride;
        for (int kh = top; kh < bottom; kh++)
        {
            TElement* line = pdx + ((nint)((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size);
            for (int kw = 0; kw < horizontal.Kernel; kw++)
            {
                (int begin, int end) = PoolingTaps.Windows(horizontal, kw, from, to);
                TElement* destination = line + (kw * horizontal.Dilation) - horizontal.PadBegin;
                int tap = (kh * horizontal.Kernel) + kw;
                TLanes below = TLanes.Broadcast(tap - 0.5);
                TLanes above = TLanes.Broadcast(tap + 0.5);
                for (int o = begin; o < end; o += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, end - o);
                    TLanes own = TLanes.LoadPartial(taps + o, count, below);
                    TLanes gradient = TLanes.LoadPartial(gradients + o, count, zero);
                    gradient = TLanes.SelectGreater(own, below, TLanes.SelectGreater(above, own, gradient, zero), zero);
                    PoolingTaps.Add(gradient, destination + (o * stride), stride, count);
                }
            }
        }
    }

    // The element of one window that has its gradient.
    private void AddOne<TElement>(TElement* pdx, int row, int column, int tap, TElement gradient)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (tap >= 0)
        {
            (int kh, int kw) = Math.DivRem(tap, geometry.Horizontal.Kernel);
            int h = (row * geometry.Vertical.Stride) - geometry.Vertical.PadBegin + (kh * geometry.Vertical.Dilation);
            int w = (column * geometry.Horizontal.Stride) - geometry.Horizontal.PadBegin + (kw * geometry.Horizontal.Dilation);
            pdx[((nint)h * geometry.Horizontal.Size) + w] += gradient;
        }
    }
}

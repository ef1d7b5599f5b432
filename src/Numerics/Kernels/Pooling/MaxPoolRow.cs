using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The greatest elements of a row of windows, and which taps they are.</summary>
internal static unsafe class MaxPoolRow
{
    /// <summary>
    /// best[o] = the greatest element of window o, the first of equals, for o of [from, to); taps[o] = kh · kernel + kw of it. Where every element is padding,
    /// which a dilated window can be, they are -∞ and -1.
    /// </summary>
    /// <param name="plane">The plane.</param>
    /// <param name="vertical">The axis H.</param>
    /// <param name="horizontal">The axis W.</param>
    /// <param name="row">The row of windows.</param>
    /// <param name="from">The first window.</param>
    /// <param name="to">Where windows end.</param>
    /// <param name="best">The greatest elements, by window.</param>
    /// <param name="taps">The taps, by window; null if nobody wants to know.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take<TLanes, TElement>(TElement* plane, in PoolingAxis vertical, in PoolingAxis horizontal, int row, int from, int to, TElement* best, TElement* taps)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (to - from == 1)
        {
            TakeOne(plane, vertical, horizontal, row, from, best, taps);
            return;
        }

        new Span<TElement>(best + from, to - from).Fill(TElement.NegativeInfinity);
        if (taps is not null)
        {
            new Span<TElement>(taps + from, to - from).Fill(TElement.NegativeOne);
        }

        (int top, int bottom) = vertical.Taps(row);
        int stride = horizontal.Stride;
        for (int kh = top; kh < bottom; kh++)
        {
            if ((kh & 63) == 63)
            {
                WorkLimits.Poll();
            }

            TElement* line = plane + ((nint)((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size);

            // Windows from here on have had an element; whatever the others' first is, it is their greatest so far.
            int begun = kh == top ? to : from;
            for (int kw = 0; kw < horizontal.Kernel; kw++)
            {
                if ((kw & 63) == 63)
                {
                    WorkLimits.Poll();
                }

                (int begin, int end) = PoolingTaps.Windows(horizontal, kw, from, to);
                TElement* source = line + (kw * horizontal.Dilation) - horizontal.PadBegin;
                TLanes tap = TLanes.Broadcast((kh * horizontal.Kernel) + kw);
                int o = begin;
                for (int last = Math.Min(end, begun); o < last; o += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, last - o);
                    TLanes.StorePartial(PoolingTaps.Load<TLanes, TElement>(source + (o * stride), stride, count), best + o, count);
                    if (taps is not null)
                    {
                        TLanes.StorePartial(tap, taps + o, count);
                    }
                }

                for (o = Math.Max(begin, begun); o < end; o += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, end - o);
                    TLanes value = PoolingTaps.Load<TLanes, TElement>(source + (o * stride), stride, count);
                    TLanes old = TLanes.LoadPartial(best + o, count, value);
                    TLanes.StorePartial(TLanes.Max(value, old), best + o, count);
                    if (taps is not null)
                    {
                        TLanes.StorePartial(TLanes.SelectGreater(value, old, tap, TLanes.LoadPartial(taps + o, count, tap)), taps + o, count);
                    }
                }

                begun = Math.Min(begun, begin);
            }
        }
    }

    // One window, as a plane that is pooled whole has it: its elements one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeOne<TElement>(TElement* plane, in PoolingAxis vertical, in PoolingAxis horizontal, int row, int column, TElement* best, TElement* taps)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        (int top, int bottom) = vertical.Taps(row);
        (int left, int right) = horizontal.Taps(column);
        int step = horizontal.Dilation;
        TElement greatest = TElement.NegativeInfinity;
        int tap = -1;
        for (int kh = top; kh < bottom; kh++)
        {
            TElement* line = plane + ((nint)((row * vertical.Stride) - vertical.PadBegin + (kh * vertical.Dilation)) * horizontal.Size) + (column * horizontal.Stride) - horizontal.PadBegin;
            for (int kw = left; kw < right; kw++)
            {
                TElement value = line[kw * step];
                if (value > greatest || tap < 0)
                {
                    greatest = value;
                    tap = (kh * horizontal.Kernel) + kw;
                }
            }
        }

        best[column] = greatest;
        if (taps is not null)
        {
            taps[column] = TElement.CreateTruncating(tap);
        }
    }
}

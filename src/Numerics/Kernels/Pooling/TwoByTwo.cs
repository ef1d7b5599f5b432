using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Rows of windows of two by two that do not overlap: a lane holds a window, whose elements come from the even and the odd lanes of two rows. Windows that
/// are not whole, at odd ends, are left to the general loops.
/// </summary>
internal static unsafe class TwoByTwo
{
    /// <summary>How many windows along an axis are whole ones of two elements; 0 where windows are of another kind.</summary>
    public static int Windows(in PoolingAxis axis) =>
        axis is { Kernel: 2, Stride: 2, PadBegin: 0, Dilation: 1 } ? Math.Min(axis.OutputSize, axis.Size / 2) : 0;

    /// <summary>y = the greatest of each window, the first of equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<TLanes, TElement>(TElement* upper, TElement* lower, TElement* y, int windows)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            Load(upper + (2 * i), count, out TLanes even, out TLanes odd);
            TLanes max = TLanes.Max(odd, even);
            Load(lower + (2 * i), count, out even, out odd);
            max = TLanes.Max(odd, TLanes.Max(even, max));
            TLanes.StorePartial(max, y + i, count);
        }
    }

    /// <summary>dx = dy at the greatest of each window, 0 at the others; added when accumulating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxBackward<TLanes, TElement>(TElement* upper, TElement* lower, TElement* dy, TElement* dUpper, TElement* dLower, int windows, bool accumulate)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes zero = TLanes.Zero;
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            TLanes gradient = TLanes.LoadPartial(dy + i, count, zero);
            Load(upper + (2 * i), count, out TLanes x0, out TLanes x1);
            Load(lower + (2 * i), count, out TLanes x2, out TLanes x3);

            // Each element that is greater than all before takes the gradient from where it was.
            TLanes g0 = TLanes.SelectGreater(x1, x0, zero, gradient);
            TLanes g1 = TLanes.SelectGreater(x1, x0, gradient, zero);
            TLanes max = TLanes.Max(x1, x0);
            g0 = TLanes.SelectGreater(x2, max, zero, g0);
            g1 = TLanes.SelectGreater(x2, max, zero, g1);
            TLanes g2 = TLanes.SelectGreater(x2, max, gradient, zero);
            max = TLanes.Max(x2, max);
            g0 = TLanes.SelectGreater(x3, max, zero, g0);
            g1 = TLanes.SelectGreater(x3, max, zero, g1);
            g2 = TLanes.SelectGreater(x3, max, zero, g2);
            TLanes g3 = TLanes.SelectGreater(x3, max, gradient, zero);
            Store(g0, g1, dUpper + (2 * i), count, accumulate);
            Store(g2, g3, dLower + (2 * i), count, accumulate);
        }
    }

    /// <summary>y = the mean of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average<TLanes, TElement>(TElement* upper, TElement* lower, TElement* y, int windows)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes quarter = TLanes.Broadcast(0.25);
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            Load(upper + (2 * i), count, out TLanes x0, out TLanes x1);
            Load(lower + (2 * i), count, out TLanes x2, out TLanes x3);
            TLanes.StorePartial((x0 + x1 + x2 + x3) * quarter, y + i, count);
        }
    }

    /// <summary>dx = dy / 4 in each window; added when accumulating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageBackward<TLanes, TElement>(TElement* dy, TElement* dUpper, TElement* dLower, int windows, bool accumulate)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes quarter = TLanes.Broadcast(0.25);
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            TLanes share = TLanes.LoadPartial(dy + i, count, quarter) * quarter;
            Store(share, share, dUpper + (2 * i), count, accumulate);
            Store(share, share, dLower + (2 * i), count, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes, TElement>(TElement* x, int count, out TLanes even, out TLanes odd)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes first;
        TLanes second;
        if (count == TLanes.Count)
        {
            first = TLanes.Load(in x[0]);
            second = TLanes.Load(in x[TLanes.Count]);
        }
        else
        {
            first = TLanes.LoadPartial(x, Math.Min(2 * count, TLanes.Count), TLanes.Zero);
            second = TLanes.LoadPartial(x + TLanes.Count, Math.Max((2 * count) - TLanes.Count, 0), TLanes.Zero);
        }

        even = TLanes.Even(first, second);
        odd = TLanes.Odd(first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TElement>(TLanes even, TLanes odd, TElement* x, int count, bool accumulate)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int lower = Math.Min(2 * count, TLanes.Count);
        int upper = Math.Max((2 * count) - TLanes.Count, 0);
        TLanes first = TLanes.InterleaveLower(even, odd);
        TLanes second = TLanes.InterleaveUpper(even, odd);
        if (accumulate)
        {
            first += TLanes.LoadPartial(x, lower, TLanes.Zero);
            second += TLanes.LoadPartial(x + TLanes.Count, upper, TLanes.Zero);
        }

        if (count == TLanes.Count)
        {
            TLanes.Store(first, ref x[0]);
            TLanes.Store(second, ref x[TLanes.Count]);
        }
        else
        {
            TLanes.StorePartial(first, x, lower);
            TLanes.StorePartial(second, x + TLanes.Count, upper);
        }
    }
}

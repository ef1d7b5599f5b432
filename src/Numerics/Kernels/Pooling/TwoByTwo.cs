using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Rows of windows of two by two that do not overlap: a lane holds a window, whose elements come from the even and the odd lanes of two rows. Windows that
/// are not whole, at odd ends, are left to the general loops.
/// </summary>
/// <remarks>
/// A row's end is done with whole registers where that is allowed: in long rows by doing the last windows again, in short ones by reading and
/// writing into what follows, which is written afterwards. Registers with a count of lanes are left for the last rows of a part and for accumulation.
/// </remarks>
internal static unsafe class TwoByTwo
{
    /// <summary>How many windows along an axis are whole ones of two elements; 0 where windows are of another kind.</summary>
    public static int Windows(in PoolingAxis axis) =>
        axis is { Kernel: 2, Stride: 2, PadBegin: 0, Dilation: 1 } ? Math.Min(axis.OutputSize, axis.Size / 2) : 0;

    /// <summary>y = f of each window, for <paramref name="rows"/> rows of windows.</summary>
    /// <param name="fold">Makes one of a window's four.</param>
    /// <param name="x">The first row of elements.</param>
    /// <param name="width">Elements from one row to the next.</param>
    /// <param name="xEnd">Where elements end that may be read.</param>
    /// <param name="y">The first row of results.</param>
    /// <param name="pitch">Results from one row to the next.</param>
    /// <param name="yEnd">Where results end that may be written, and are written later than these.</param>
    /// <param name="rows">Rows of windows.</param>
    /// <param name="windows">Windows of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TFold, TLanes, TElement>(TFold fold, TElement* x, int width, TElement* xEnd, TElement* y, int pitch, TElement* yEnd, int rows, int windows)
        where TFold : struct, IFoldOfFour
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        bool isOneRegister = 2 * windows <= TLanes.Count;
        for (int row = 0; row < rows; row++, x += 2 * (nint)width, y += pitch)
        {
            TElement* lower = x + width;
            if (windows >= TLanes.Count)
            {
                for (int i = 0; i < windows; i += TLanes.Count)
                {
                    int j = Math.Min(i, windows - TLanes.Count);
                    Load(x + (2 * j), out TLanes x0, out TLanes x1);
                    Load(lower + (2 * j), out TLanes x2, out TLanes x3);
                    TLanes.Store(fold.Invoke(x0, x1, x2, x3), ref y[j]);
                }
            }
            else if (lower + (2 * TLanes.Count) <= xEnd && y + TLanes.Count <= yEnd)
            {
                TLanes first = TLanes.Load(in x[0]);
                TLanes second = isOneRegister ? first : TLanes.Load(in x[TLanes.Count]);
                (TLanes x0, TLanes x1) = (TLanes.Even(first, second), TLanes.Odd(first, second));
                first = TLanes.Load(in lower[0]);
                second = isOneRegister ? first : TLanes.Load(in lower[TLanes.Count]);
                TLanes.Store(fold.Invoke(x0, x1, TLanes.Even(first, second), TLanes.Odd(first, second)), ref y[0]);
            }
            else
            {
                LoadPartial(x, windows, out TLanes x0, out TLanes x1);
                LoadPartial(lower, windows, out TLanes x2, out TLanes x3);
                TLanes.StorePartial(fold.Invoke(x0, x1, x2, x3), y, windows);
            }
        }
    }

    /// <summary>
    /// The gradient of each window's elements, for <paramref name="rows"/> rows of windows; elements of the rows that no window has get 0. When accumulating
    /// it is added, and those are left as they are.
    /// </summary>
    /// <param name="spread">Makes a window's four of one.</param>
    /// <param name="x">The first row of elements; null where they are not read.</param>
    /// <param name="xEnd">Where elements end that may be read.</param>
    /// <param name="dy">The first row of gradients.</param>
    /// <param name="pitch">Gradients from one row to the next.</param>
    /// <param name="dyEnd">Where gradients end that may be read.</param>
    /// <param name="dx">The first row of results, in rows like x.</param>
    /// <param name="dxEnd">Where results end that may be written, and are written later than these.</param>
    /// <param name="width">Elements from one row to the next.</param>
    /// <param name="rows">Rows of windows.</param>
    /// <param name="windows">Windows of a row.</param>
    /// <param name="accumulate">Whether to add.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TSpread, TLanes, TElement>(TSpread spread, TElement* x, TElement* xEnd, TElement* dy, int pitch, TElement* dyEnd, TElement* dx, TElement* dxEnd, int width, int rows, int windows, bool accumulate)
        where TSpread : struct, ISpreadToFour
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        bool isOneRegister = 2 * windows <= TLanes.Count;
        bool isShort = windows < TLanes.Count;
        for (int row = 0; row < rows; row++, x += 2 * (nint)width, dx += 2 * (nint)width, dy += pitch)
        {
            TElement* lower = x + width;
            TElement* dLower = dx + width;
            if (accumulate || (isShort && (dLower + (2 * TLanes.Count) > dxEnd || lower + (2 * TLanes.Count) > xEnd || dy + TLanes.Count > dyEnd)))
            {
                BackwardPartial<TSpread, TLanes, TElement>(spread, x, lower, dy, dx, dLower, windows, accumulate);
            }
            else if (isShort)
            {
                TLanes first = default;
                TLanes second = default;
                TLanes third = default;
                TLanes fourth = default;
                if (TSpread.ReadsElements)
                {
                    first = TLanes.Load(in x[0]);
                    second = isOneRegister ? first : TLanes.Load(in x[TLanes.Count]);
                    third = TLanes.Load(in lower[0]);
                    fourth = isOneRegister ? third : TLanes.Load(in lower[TLanes.Count]);
                }

                spread.Invoke(TLanes.Even(first, second), TLanes.Odd(first, second), TLanes.Even(third, fourth), TLanes.Odd(third, fourth), TLanes.Load(in dy[0]), out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3);

                // The upper row first: what it writes too much is the lower row's beginning.
                TLanes.Store(TLanes.InterleaveLower(g0, g1), ref dx[0]);
                if (!isOneRegister)
                {
                    TLanes.Store(TLanes.InterleaveUpper(g0, g1), ref dx[TLanes.Count]);
                    TLanes.Store(TLanes.InterleaveUpper(g2, g3), ref dLower[TLanes.Count]);
                }

                TLanes.Store(TLanes.InterleaveLower(g2, g3), ref dLower[0]);
            }
            else
            {
                for (int i = 0; i < windows; i += TLanes.Count)
                {
                    int j = Math.Min(i, windows - TLanes.Count);
                    TLanes x0 = default;
                    TLanes x1 = default;
                    TLanes x2 = default;
                    TLanes x3 = default;
                    if (TSpread.ReadsElements)
                    {
                        Load(x + (2 * j), out x0, out x1);
                        Load(lower + (2 * j), out x2, out x3);
                    }

                    spread.Invoke(x0, x1, x2, x3, TLanes.Load(in dy[j]), out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3);
                    TLanes.Store(TLanes.InterleaveLower(g0, g1), ref dx[2 * j]);
                    TLanes.Store(TLanes.InterleaveUpper(g0, g1), ref dx[(2 * j) + TLanes.Count]);
                    TLanes.Store(TLanes.InterleaveLower(g2, g3), ref dLower[2 * j]);
                    TLanes.Store(TLanes.InterleaveUpper(g2, g3), ref dLower[(2 * j) + TLanes.Count]);
                }
            }

            if (!accumulate)
            {
                for (int i = 2 * windows; i < width; i++)
                {
                    dx[i] = TElement.Zero;
                    dLower[i] = TElement.Zero;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardPartial<TSpread, TLanes, TElement>(TSpread spread, TElement* upper, TElement* lower, TElement* dy, TElement* dUpper, TElement* dLower, int windows, bool accumulate)
        where TSpread : struct, ISpreadToFour
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < windows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, windows - i);
            TLanes x0 = default;
            TLanes x1 = default;
            TLanes x2 = default;
            TLanes x3 = default;
            if (TSpread.ReadsElements)
            {
                LoadPartial(upper + (2 * i), count, out x0, out x1);
                LoadPartial(lower + (2 * i), count, out x2, out x3);
            }

            spread.Invoke(x0, x1, x2, x3, TLanes.LoadPartial(dy + i, count, TLanes.Zero), out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3);
            StorePartial(g0, g1, dUpper + (2 * i), count, accumulate);
            StorePartial(g2, g3, dLower + (2 * i), count, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes, TElement>(TElement* x, out TLanes even, out TLanes odd)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes first = TLanes.Load(in x[0]);
        TLanes second = TLanes.Load(in x[TLanes.Count]);
        even = TLanes.Even(first, second);
        odd = TLanes.Odd(first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadPartial<TLanes, TElement>(TElement* x, int count, out TLanes even, out TLanes odd)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes first = TLanes.LoadPartial(x, Math.Min(2 * count, TLanes.Count), TLanes.Zero);
        TLanes second = TLanes.LoadPartial(x + TLanes.Count, Math.Max((2 * count) - TLanes.Count, 0), TLanes.Zero);
        even = TLanes.Even(first, second);
        odd = TLanes.Odd(first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePartial<TLanes, TElement>(TLanes even, TLanes odd, TElement* x, int count, bool accumulate)
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

        TLanes.StorePartial(first, x, lower);
        TLanes.StorePartial(second, x + TLanes.Count, upper);
    }
}

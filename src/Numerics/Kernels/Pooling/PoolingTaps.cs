using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A row of windows, one a lane, taken tap by tap: which windows have an element there, and their elements, which lie a stride apart. Every element is
/// visited in an order that depends on the geometry alone.
/// </summary>
internal static unsafe class PoolingTaps
{
    /// <summary>The windows of [from, to) whose element <paramref name="tap"/> is inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Begin, int End) Windows(in PoolingAxis axis, int tap, int from, int to)
    {
        // Window o has the element o · stride - shift.
        int shift = axis.PadBegin - (tap * axis.Dilation);
        int begin = shift <= 0 ? 0 : Divide(shift + axis.Stride - 1, axis.Stride);
        int end = axis.Size + shift <= 0 ? 0 : Divide(axis.Size + shift - 1, axis.Stride) + 1;
        begin = Math.Max(begin, from);
        return (begin, Math.Max(begin, Math.Min(end, to)));
    }

    /// <summary>The elements 0, stride, 2 · stride, … of <paramref name="source"/>, <paramref name="count"/> of them; none beyond the last is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes, TElement>(TElement* source, int stride, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (stride == 1)
        {
            return count == TLanes.Count ? TLanes.Load(in source[0]) : TLanes.LoadPartial(source, count, TLanes.Zero);
        }

        return stride == 2 ? LoadSecond<TLanes, TElement>(source, (2 * count) - 1) : LoadFar<TLanes, TElement>(source, stride, count);
    }

    /// <summary>Adds to the elements 0, stride, 2 · stride, … of <paramref name="destination"/>, <paramref name="count"/> of them; none beyond the last is touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes, TElement>(TLanes value, TElement* destination, int stride, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (stride == 1)
        {
            if (count == TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in destination[0]) + value, ref destination[0]);
            }
            else
            {
                TLanes.StorePartial(TLanes.LoadPartial(destination, count, TLanes.Zero) + value, destination, count);
            }
        }
        else if (stride == 2)
        {
            AddSecond(value, destination, (2 * count) - 1);
        }
        else
        {
            AddFar(value, destination, stride, count);
        }
    }

    // Not negative, and mostly by one or two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Divide(int value, int stride) => stride == 1 ? value : stride == 2 ? value >> 1 : value / stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes LoadSecond<TLanes, TElement>(TElement* source, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes first = length >= TLanes.Count ? TLanes.Load(in source[0]) : TLanes.LoadPartial(source, length, TLanes.Zero);
        return TLanes.Even(first, TLanes.LoadPartial(source + TLanes.Count, Math.Max(length - TLanes.Count, 0), TLanes.Zero));
    }

    // The elements between keep their bits: the even lanes are taken out, added to, and put back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSecond<TLanes, TElement>(TLanes value, TElement* destination, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int upper = Math.Max(length - TLanes.Count, 0);
        TLanes first = length >= TLanes.Count ? TLanes.Load(in destination[0]) : TLanes.LoadPartial(destination, length, TLanes.Zero);
        TLanes second = TLanes.LoadPartial(destination + TLanes.Count, upper, TLanes.Zero);
        TLanes even = TLanes.Even(first, second) + value;
        TLanes odd = TLanes.Odd(first, second);
        first = TLanes.InterleaveLower(even, odd);
        second = TLanes.InterleaveUpper(even, odd);
        if (length >= TLanes.Count)
        {
            TLanes.Store(first, ref destination[0]);
        }
        else
        {
            TLanes.StorePartial(first, destination, length);
        }

        TLanes.StorePartial(second, destination + TLanes.Count, upper);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes LoadFar<TLanes, TElement>(TElement* source, int stride, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement* elements = stackalloc TElement[TLanes.Count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = source[(nint)i * stride];
        }

        return TLanes.LoadPartial(elements, count, TLanes.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFar<TLanes, TElement>(TLanes value, TElement* destination, int stride, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement* elements = stackalloc TElement[TLanes.Count];
        TLanes.Store(value, ref elements[0]);
        for (int i = 0; i < count; i++)
        {
            destination[(nint)i * stride] += elements[i];
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The rows of <see cref="DepthwisePlanes"/>: copied, split by a stride of two, joined again.</summary>
internal static unsafe class DepthwiseRows
{
    /// <summary>Copies a row to memory with slack, in whole registers: zeros follow. Reads no more than the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TLanes, T>(T* source, T* target, int length)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in source[i]), ref target[i]);
        }

        if (i < length)
        {
            TLanes.Store(TLanes.LoadPartial(source + i, length - i, TLanes.Zero), ref target[i]);
        }
    }

    /// <summary>Copies the elements 0, 2, … of a row, and 1, 3, …, to memory with slack; zeros follow. Reads no more than the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split<TLanes, T>(T* source, T* even, T* odd, int length)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < length; i += 2 * TLanes.Count)
        {
            int left = length - i;
            TLanes lower = left >= TLanes.Count ? TLanes.Load(in source[i]) : TLanes.LoadPartial(source + i, left, TLanes.Zero);
            TLanes upper = left >= 2 * TLanes.Count ? TLanes.Load(in source[i + TLanes.Count])
                : left > TLanes.Count ? TLanes.LoadPartial(source + i + TLanes.Count, left - TLanes.Count, TLanes.Zero) : TLanes.Zero;
            TLanes.Store(TLanes.Even(lower, upper), ref even[i / 2]);
            TLanes.Store(TLanes.Odd(lower, upper), ref odd[i / 2]);
        }
    }

    /// <summary>The reverse of <see cref="Split"/>: to, or added to, a row. Writes no more than the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TLanes, T>(T* even, T* odd, T* target, int length, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < length; i += 2 * TLanes.Count)
        {
            var first = TLanes.Load(in even[i / 2]);
            var second = TLanes.Load(in odd[i / 2]);
            Put<TLanes, T>(TLanes.InterleaveLower(first, second), target + i, length - i, accumulate);
            Put<TLanes, T>(TLanes.InterleaveUpper(first, second), target + i + TLanes.Count, length - i - TLanes.Count, accumulate);
        }
    }

    /// <summary>Copies a row of memory with slack to, or adds it to, a row. Writes no more than the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes, T>(T* source, T* target, int length, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < length; i += TLanes.Count)
        {
            Put<TLanes, T>(TLanes.Load(in source[i]), target + i, length - i, accumulate);
        }
    }

    /// <summary>Writes a register, or as much of it as there is <paramref name="room"/>, or adds it to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<TLanes, T>(TLanes value, T* target, int room, bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (room >= TLanes.Count)
        {
            TLanes.Store(accumulate ? TLanes.Load(in target[0]) + value : value, ref target[0]);
        }
        else if (room > 0)
        {
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(target, room, TLanes.Zero) + value : value, target, room);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Sums that are kept in memory while their terms come in pieces: term i of a piece goes to accumulator i mod 64, whatever the width of the lanes, and at the
/// end the upper half of the accumulators is added to the lower until one is left. So every instruction set rounds alike.
/// </summary>
/// <remarks>Four registers of the widest lanes: the additions of one wait for each other.</remarks>
internal static unsafe class ChunkSums
{
    /// <summary>The number of accumulators.</summary>
    public const int Count = 64;

    /// <summary>Adds the terms [0, length) to the accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TTerms, TLanes, TElement>(TElement* sums, TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int width = TLanes.Count;
        for (int first = 0; first < Count; first += 4 * width)
        {
            TLanes s0 = TLanes.Load(in sums[first]);
            TLanes s1 = TLanes.Load(in sums[first + width]);
            TLanes s2 = TLanes.Load(in sums[first + (2 * width)]);
            TLanes s3 = TLanes.Load(in sums[first + (3 * width)]);
            int i = first;
            for (; i <= length - (4 * width); i += Count)
            {
                s0 = terms.AddTo(s0, i);
                s1 = terms.AddTo(s1, i + width);
                s2 = terms.AddTo(s2, i + (2 * width));
                s3 = terms.AddTo(s3, i + (3 * width));
            }

            TLanes.Store(AddRest<TTerms, TLanes, TElement>(terms, s0, i, length), ref sums[first]);
            TLanes.Store(AddRest<TTerms, TLanes, TElement>(terms, s1, i + width, length), ref sums[first + width]);
            TLanes.Store(AddRest<TTerms, TLanes, TElement>(terms, s2, i + (2 * width), length), ref sums[first + (2 * width)]);
            TLanes.Store(AddRest<TTerms, TLanes, TElement>(terms, s3, i + (3 * width), length), ref sums[first + (3 * width)]);
        }
    }

    /// <summary>The sum of <paramref name="count"/> accumulators, 16 or more; they are cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Take<TLanes, TElement>(TElement* sums, int count = Count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int half = count / 2; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in sums[i]) + TLanes.Load(in sums[i + half]), ref sums[i]);
            }
        }

        TElement sum = TLanes.SumAcross(TLanes.Load(in sums[0]));
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Zero, ref sums[i]);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddRest<TTerms, TLanes, TElement>(TTerms terms, TLanes sum, int index, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int rest = length - index;
        return rest >= TLanes.Count ? terms.AddTo(sum, index) : rest > 0 ? terms.AddPartialTo(sum, index, rest) : sum;
    }
}

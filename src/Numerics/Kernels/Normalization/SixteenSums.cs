using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Sums of <see cref="OrderedSum"/>'s order that are kept in memory while their terms come in pieces: term i of a piece goes to accumulator i mod 16.
/// </summary>
internal static unsafe class SixteenSums
{
    /// <summary>The number of accumulators.</summary>
    public const int Count = 16;

    /// <summary>Adds the terms [0, length) to the sixteen accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TTerms, TLanes, TElement>(TElement* sums, TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int first = 0; first < Count; first += TLanes.Count)
        {
            TLanes sum = TLanes.Load(in sums[first]);
            int i = first;
            for (; i <= length - TLanes.Count; i += Count)
            {
                sum = terms.AddTo(sum, i);
            }

            if (i < length)
            {
                sum = terms.AddPartialTo(sum, i, length - i);
            }

            TLanes.Store(sum, ref sums[first]);
        }
    }

    /// <summary>The sum of the accumulators, the upper half added to the lower until one is left; they are cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TElement Take<TLanes, TElement>(TElement* sums)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int half = Count / 2; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in sums[i]) + TLanes.Load(in sums[i + half]), ref sums[i]);
            }
        }

        TElement sum = TLanes.SumAcross(TLanes.Load(in sums[0]));
        new Span<TElement>(sums, Count).Clear();
        return sum;
    }
}

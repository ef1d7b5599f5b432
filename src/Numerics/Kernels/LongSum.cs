using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Sums of many terms: blocks are added by <see cref="OrderedSum"/>, their sums in binary64, which keeps the rounding error of long
/// sums small. The order depends on the length alone.
/// </summary>
internal static class LongSum
{
    private const int Block = 1024;

    /// <summary>The sum of the terms [0, length).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Compute<TTerms, TLanes, TElement>(TTerms terms, int length)
        where TTerms : struct, ISumTerms<TElement>
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        double total = 0;
        for (int i = 0; i < length; i += Block)
        {
            var block = new BlockTerms<TTerms, TElement>(terms, i);
            total += double.CreateTruncating(OrderedSum.Compute<BlockTerms<TTerms, TElement>, TLanes, TElement>(block, Math.Min(Block, length - i)));
        }

        return total;
    }

    private readonly struct BlockTerms<TTerms, TElement>(TTerms terms, int start) : ISumTerms<TElement>
        where TTerms : struct, ISumTerms<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes AddTo<TLanes>(TLanes sum, int index)
            where TLanes : struct, ILanes<TLanes, TElement> => terms.AddTo(sum, start + index);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
            where TLanes : struct, ILanes<TLanes, TElement> => terms.AddPartialTo(sum, start + index, count);
    }
}

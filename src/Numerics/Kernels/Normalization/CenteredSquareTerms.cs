using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms (x[i] - mean)².</summary>
internal readonly unsafe struct CenteredSquareTerms<TElement>(TElement* x, TElement mean) : ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement>
    {
        TLanes difference = TLanes.Load(in x[index]) - TLanes.Repeat(mean);
        return TLanes.MultiplyAdd(difference, difference, sum);
    }

    // The lanes beyond hold the mean, whose square adds 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
    {
        TLanes difference = TLanes.LoadPartial(x + index, count, TLanes.Repeat(mean)) - TLanes.Repeat(mean);
        return TLanes.MultiplyAdd(difference, difference, sum);
    }
}

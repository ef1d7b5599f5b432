using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms (x[i] - mean) · y[i].</summary>
internal readonly unsafe struct CenteredProductTerms<TElement>(TElement* x, TElement mean, TElement* y) : ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement> =>
        TLanes.MultiplyAdd(TLanes.Load(in x[index]) - TLanes.Repeat(mean), TLanes.Load(in y[index]), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement> =>
        TLanes.MultiplyAdd(TLanes.LoadPartial(x + index, count, TLanes.Zero) - TLanes.Repeat(mean), TLanes.LoadPartial(y + index, count, TLanes.Zero), sum);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms x[i].</summary>
internal readonly unsafe struct ElementTerms<TElement>(TElement* x) : ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement> => sum + TLanes.Load(in x[index]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement> => sum + TLanes.LoadPartial(x + index, count, TLanes.Zero);
}

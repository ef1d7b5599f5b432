using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms targets[i] · (logSum - (logits[i] - max)) of one row's cross-entropy.</summary>
internal readonly unsafe struct CrossEntropyTerms<TElement>(TElement* logits, TElement* targets, TElement max, TElement logSum) : ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement> => Add(sum, TLanes.Load(in logits[index]), TLanes.Load(in targets[index]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement> =>
        Add(sum, TLanes.LoadPartial(logits + index, count, TLanes.Zero), TLanes.LoadPartial(targets + index, count, TLanes.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Add<TLanes>(TLanes sum, TLanes logit, TLanes target)
        where TLanes : struct, ILanes<TLanes, TElement> =>
        TLanes.MultiplyAdd(target, TLanes.Repeat(logSum) - (logit - TLanes.Repeat(max)), sum);
}

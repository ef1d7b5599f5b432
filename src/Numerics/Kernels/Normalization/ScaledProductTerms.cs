using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The terms (x[i] - mean) · y[i] · scale[i].</summary>
internal readonly unsafe struct ScaledProductTerms<TElement>(TElement* x, TElement mean, TElement* y, TElement* scale) : ISumTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddTo<TLanes>(TLanes sum, int index)
        where TLanes : struct, ILanes<TLanes, TElement> =>
        TLanes.MultiplyAdd(TLanes.Load(in x[index]) - TLanes.Repeat(mean), TLanes.Load(in y[index]) * TLanes.Load(in scale[index]), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes AddPartialTo<TLanes>(TLanes sum, int index, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
    {
        TLanes zero = TLanes.Zero;
        TLanes scaled = TLanes.LoadPartial(y + index, count, zero) * TLanes.LoadPartial(scale + index, count, zero);
        return TLanes.MultiplyAdd(TLanes.LoadPartial(x + index, count, zero) - TLanes.Repeat(mean), scaled, sum);
    }
}

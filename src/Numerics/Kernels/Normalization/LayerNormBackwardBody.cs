using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Normalization.LayerBackward"/> for dx, over rows. With d = x - mean, dx is taken as a · dy · scale + b · d + c,
/// whose three coefficients are the row's.
/// </summary>
internal readonly unsafe struct LayerNormBackwardBody(void* x, void* dy, void* dx, void* scale, void* mean, void* inverseDeviation, int columns, bool accumulate) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int r = start; r < end; r++)
        {
            nint offset = (nint)r * columns;
            TElement* px = (TElement*)x + offset;
            TElement* pdy = (TElement*)dy + offset;
            TElement center = ((TElement*)mean)[r];
            double a = double.CreateTruncating(((TElement*)inverseDeviation)[r]);
            double sum = LongSum.Compute<ProductTerms<TElement>, TLanes, TElement>(new(pdy, (TElement*)scale), columns);
            double products = LongSum.Compute<ScaledProductTerms<TElement>, TLanes, TElement>(new(px, center, pdy, (TElement*)scale), columns);
            double b = -(a * a * a * products / columns);
            double c = -(a * sum / columns);
            Row(px, pdy, (TElement*)dx + offset, TLanes.Repeat(center), TLanes.Broadcast(a), TLanes.Broadcast(b), TLanes.Broadcast(c));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* px, TElement* pdy, TElement* pdx, TLanes center, TLanes a, TLanes b, TLanes c)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < columns; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, columns - i);
            TLanes scaled = TLanes.LoadPartial(pdy + i, count, c) * TLanes.LoadPartial((TElement*)scale + i, count, c);
            TLanes difference = TLanes.LoadPartial(px + i, count, center) - center;
            TLanes value = TLanes.MultiplyAdd(a, scaled, TLanes.MultiplyAdd(b, difference, c));
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(pdx + i, count, c) + value : value, pdx + i, count);
        }
    }
}

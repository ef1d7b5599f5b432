using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Normalization.LayerForward"/>, over rows.</summary>
internal readonly unsafe struct LayerNormBody(void* x, void* y, void* scale, void* bias, void* mean, void* inverseDeviation, int columns, double epsilon) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int r = start; r < end; r++)
        {
            TElement* px = (TElement*)x + ((nint)r * columns);
            TElement center = TElement.CreateTruncating(LongSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(px), columns) / columns);
            double variance = LongSum.Compute<CenteredSquareTerms<TElement>, TLanes, TElement>(new(px, center), columns) / columns;
            TElement inverse = TElement.CreateTruncating(1 / Math.Sqrt(variance + epsilon));
            if (mean is not null)
            {
                ((TElement*)mean)[r] = center;
            }

            if (inverseDeviation is not null)
            {
                ((TElement*)inverseDeviation)[r] = inverse;
            }

            Row(px, (TElement*)y + ((nint)r * columns), TLanes.Repeat(center), TLanes.Repeat(inverse));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* px, TElement* py, TLanes center, TLanes inverse)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < columns; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, columns - i);
            TLanes normalized = (TLanes.LoadPartial(px + i, count, center) - center) * inverse;
            TLanes summand = bias is null ? TLanes.Zero : TLanes.LoadPartial((TElement*)bias + i, count, center);
            TLanes.StorePartial(TLanes.MultiplyAdd(normalized, TLanes.LoadPartial((TElement*)scale + i, count, center), summand), py + i, count);
        }
    }
}

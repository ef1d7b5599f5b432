using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Normalization.RootMeanSquare"/>, over rows.</summary>
internal readonly unsafe struct RootMeanSquareBody(void* x, void* y, void* scale, int columns, double epsilon) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int r = start; r < end; r++)
        {
            TElement* px = (TElement*)x + ((nint)r * columns);
            double mean = LongSum.Compute<CenteredSquareTerms<TElement>, TLanes, TElement>(new(px, TElement.Zero), columns) / columns;
            Row(px, (TElement*)y + ((nint)r * columns), TLanes.Repeat(TElement.CreateTruncating(1 / Math.Sqrt(mean + epsilon))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, TElement>(TElement* px, TElement* py, TLanes inverse)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < columns; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, columns - i);
            TLanes normalized = TLanes.LoadPartial(px + i, count, TLanes.Zero) * inverse;
            TLanes.StorePartial(normalized * TLanes.LoadPartial((TElement*)scale + i, count, TLanes.Zero), py + i, count);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Pooling.GlobalAverage"/>, over planes.</summary>
internal readonly unsafe struct GlobalAverageBody(void* x, void* y, int planeLength) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement scale = TElement.One / TElement.CreateTruncating(planeLength);
        for (int plane = start; plane < end; plane++)
        {
            var terms = new ElementTerms<TElement>((TElement*)x + ((nint)plane * planeLength));
            ((TElement*)y)[plane] = TElement.CreateTruncating(LongSum.Compute<ElementTerms<TElement>, TLanes, TElement>(terms, planeLength)) * scale;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Softmax.Backward"/>, over rows.</summary>
internal readonly unsafe struct SoftmaxBackwardBody(void* y, void* dy, void* dx, int columns, bool accumulate) : ILaneBody
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes zero = TLanes.Zero;
        for (int r = start; r < end; r++)
        {
            TElement* py = (TElement*)y + ((nint)r * columns);
            TElement* pdy = (TElement*)dy + ((nint)r * columns);
            TElement* pdx = (TElement*)dx + ((nint)r * columns);
            TLanes dot = TLanes.Repeat(OrderedSum.Compute<ProductTerms<TElement>, TLanes, TElement>(new(pdy, py), columns));
            int c = 0;
            for (; c <= columns - TLanes.Count; c += TLanes.Count)
            {
                TLanes value = TLanes.Load(in py[c]) * (TLanes.Load(in pdy[c]) - dot);
                TLanes.Store(accumulate ? TLanes.Load(in pdx[c]) + value : value, ref pdx[c]);
            }

            int rest = columns - c;
            if (rest > 0)
            {
                TLanes value = TLanes.LoadPartial(py + c, rest, zero) * (TLanes.LoadPartial(pdy + c, rest, zero) - dot);
                TLanes.StorePartial(accumulate ? TLanes.LoadPartial(pdx + c, rest, zero) + value : value, pdx + c, rest);
            }
        }
    }
}

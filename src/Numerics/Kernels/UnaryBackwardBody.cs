using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="ElementWise.UnaryBackward"/>.</summary>
internal readonly unsafe struct UnaryBackwardBody<TOperation>(TOperation operation, void* x, void* y, void* dy, void* dx, bool accumulate) : ILaneBody
    where TOperation : struct, IDifferentiableOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TOperation f = operation;
        var px = (TElement*)x;
        var py = (TElement*)y;
        var pdy = (TElement*)dy;
        var pdx = (TElement*)dx;
        bool add = accumulate;
        int i = start;
        for (; i <= end - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = f.Backward(TLanes.Load(in px[i]), TLanes.Load(in py[i]), TLanes.Load(in pdy[i]));
            TLanes.Store(add ? TLanes.Load(in pdx[i]) + value : value, ref pdx[i]);
        }

        int rest = end - i;
        if (rest > 0)
        {
            TLanes zero = TLanes.Zero;
            TLanes value = f.Backward(TLanes.LoadPartial(px + i, rest, zero), TLanes.LoadPartial(py + i, rest, zero), TLanes.LoadPartial(pdy + i, rest, zero));
            TLanes.StorePartial(add ? TLanes.LoadPartial(pdx + i, rest, zero) + value : value, pdx + i, rest);
        }
    }
}

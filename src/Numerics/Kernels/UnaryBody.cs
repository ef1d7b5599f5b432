using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="ElementWise.Unary"/>.</summary>
internal readonly unsafe struct UnaryBody<TOperation>(TOperation operation, void* x, void* y, bool accumulate) : ILaneBody
    where TOperation : struct, IUnaryOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TOperation f = operation;
        var px = (TElement*)x;
        var py = (TElement*)y;
        bool add = accumulate;
        int i = start;
        for (; i <= end - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = f.Invoke(TLanes.Load(in px[i]));
            TLanes.Store(add ? TLanes.Load(in py[i]) + value : value, ref py[i]);
        }

        int rest = end - i;
        if (rest > 0)
        {
            TLanes value = f.Invoke(TLanes.LoadPartial(px + i, rest, TLanes.Zero));
            TLanes.StorePartial(add ? TLanes.LoadPartial(py + i, rest, TLanes.Zero) + value : value, py + i, rest);
        }
    }
}

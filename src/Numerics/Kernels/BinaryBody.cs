using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="ElementWise.Binary"/>.</summary>
internal readonly unsafe struct BinaryBody<TOperation>(TOperation operation, void* x, void* y, void* z, bool accumulate) : ILaneBody
    where TOperation : struct, IBinaryOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TOperation f = operation;
        var px = (TElement*)x;
        var py = (TElement*)y;
        var pz = (TElement*)z;
        bool add = accumulate;
        int i = start;
        for (; i <= end - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = f.Invoke(TLanes.Load(in px[i]), TLanes.Load(in py[i]));
            TLanes.Store(add ? TLanes.Load(in pz[i]) + value : value, ref pz[i]);
        }

        int rest = end - i;
        if (rest > 0)
        {
            TLanes zero = TLanes.Zero;
            TLanes value = f.Invoke(TLanes.LoadPartial(px + i, rest, zero), TLanes.LoadPartial(py + i, rest, zero));
            TLanes.StorePartial(add ? TLanes.LoadPartial(pz + i, rest, zero) + value : value, pz + i, rest);
        }
    }
}

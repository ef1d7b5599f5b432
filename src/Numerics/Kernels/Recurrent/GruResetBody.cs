using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The first part of a GRU cell: products = f(r) ⊙ h, which Rh then multiplies.</summary>
internal readonly unsafe struct GruResetBody<TActivations>(CellRows rows, TActivations activations) : ILaneBody
    where TActivations : struct, ICellActivations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        var gate = new GateFunction<TActivations>(activations, rows.Clip);
        for (int row = start; row < end; row++)
        {
            TElement* r = (TElement*)rows.Gates + (row * rows.GateRow) + hidden;
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            TElement* products = (TElement*)rows.Products + ((nint)row * hidden);
            for (int j = 0; j < hidden; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, hidden - j);
                TLanes reset = gate.Invoke(CellRows.Load<TLanes, TElement>(r + j, count));
                CellRows.Store(reset * CellRows.Load<TLanes, TElement>(state + j, count), products + j, count);
            }
        }
    }
}

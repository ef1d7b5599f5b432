using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>A plain cell on rows whose gate is summed: h = g(gate).</summary>
internal readonly unsafe struct RnnBody<TActivations>(CellRows rows, TActivations activations) : ILaneBody
    where TActivations : struct, ICellActivations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        for (int row = start; row < end; row++)
        {
            if (!rows.Takes<TElement>(row))
            {
                continue;
            }

            TElement* gate = (TElement*)rows.Gates + (row * rows.GateRow);
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            TElement* output = rows.Output is null ? null : (TElement*)rows.Output + (row * rows.OutputRow);
            for (int j = 0; j < hidden; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, hidden - j);
                TLanes h = activations.G(rows.Clamp(CellRows.Load<TLanes, TElement>(gate + j, count)));
                CellRows.Store(h, state + j, count);
                if (output is not null)
                {
                    CellRows.Store(h, output + j, count);
                }
            }
        }
    }
}

using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>A plain cell on rows whose gate is summed: h = g(gate).</summary>
internal readonly unsafe struct RnnBody<TActivations>(CellRows rows, TActivations activations) : ILaneBody
    where TActivations : struct, ICellActivations
{
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
            new UnaryBody<CandidateFunction<TActivations>>(new(activations, rows.Clip), gate, state, accumulate: false).Invoke<TLanes, TElement>(0, hidden);
            rows.Emit(row, state);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>An LSTM cell on rows whose gates i, o, f, c are summed; see <see cref="RecurrentCellKind.Lstm"/>.</summary>
internal readonly unsafe struct LstmBody<TActivations>(CellRows rows, TActivations activations) : ILaneBody
    where TActivations : struct, ICellActivations
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        var peepholes = (TElement*)rows.Peepholes;
        for (int row = start; row < end; row++)
        {
            if (!rows.Takes<TElement>(row))
            {
                continue;
            }

            TElement* gates = (TElement*)rows.Gates + (row * rows.GateRow);
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            TElement* cell = (TElement*)rows.Cell + ((nint)row * hidden);
            TElement* output = rows.Output is null ? null : (TElement*)rows.Output + (row * rows.OutputRow);
            for (int j = 0; j < hidden; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, hidden - j);
                TLanes inputGate = CellRows.Load<TLanes, TElement>(gates + j, count);
                TLanes outputGate = CellRows.Load<TLanes, TElement>(gates + hidden + j, count);
                TLanes forgetGate = CellRows.Load<TLanes, TElement>(gates + (2 * hidden) + j, count);
                TLanes candidate = CellRows.Load<TLanes, TElement>(gates + (3 * hidden) + j, count);
                TLanes c = CellRows.Load<TLanes, TElement>(cell + j, count);
                if (peepholes is not null)
                {
                    inputGate = TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(peepholes + j, count), c, inputGate);
                    forgetGate = TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(peepholes + (2 * hidden) + j, count), c, forgetGate);
                }

                inputGate = activations.F(rows.Clamp(inputGate));
                forgetGate = rows.Couples ? TLanes.Broadcast(1) - inputGate : activations.F(rows.Clamp(forgetGate));
                c = TLanes.MultiplyAdd(forgetGate, c, inputGate * activations.G(rows.Clamp(candidate)));
                if (peepholes is not null)
                {
                    outputGate = TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(peepholes + hidden + j, count), c, outputGate);
                }

                TLanes h = activations.F(rows.Clamp(outputGate)) * activations.H(c);
                CellRows.Store(c, cell + j, count);
                CellRows.Store(h, state + j, count);
                if (output is not null)
                {
                    CellRows.Store(h, output + j, count);
                }
            }
        }
    }
}

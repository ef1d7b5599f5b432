using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// An LSTM cell on rows whose gates i, o, f, c are summed; see <see cref="RecurrentCellKind.Lstm"/>. Each function is a loop of its own:
/// together they are more than the compiler inlines into one.
/// </summary>
internal readonly unsafe struct LstmBody<TActivations>(CellRows rows, TActivations activations) : ILaneBody
    where TActivations : struct, ICellActivations
{
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        var gate = new GateFunction<TActivations>(activations, rows.Clip);
        var peepholes = (TElement*)rows.Peepholes;
        for (int row = start; row < end; row++)
        {
            if (!rows.Takes<TElement>(row))
            {
                continue;
            }

            TElement* i = (TElement*)rows.Gates + (row * rows.GateRow);
            TElement* o = i + hidden;
            TElement* f = o + hidden;
            TElement* candidate = f + hidden;
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            TElement* cell = (TElement*)rows.Cell + ((nint)row * hidden);
            if (peepholes is not null)
            {
                AddProduct<TLanes, TElement>(peepholes, cell, i);
                AddProduct<TLanes, TElement>(peepholes + (2 * hidden), cell, f);
            }

            // Without peepholes the output gate waits for nothing, and the three gates are one run.
            int run = peepholes is null ? (rows.Couples ? 2 : 3) : 1;
            Activate<TLanes, TElement>(gate, i, run * hidden);
            if (peepholes is not null && !rows.Couples)
            {
                Activate<TLanes, TElement>(gate, f, hidden);
            }

            new UnaryBody<CandidateFunction<TActivations>>(new(activations, rows.Clip), candidate, candidate, accumulate: false).Invoke<TLanes, TElement>(0, hidden);
            Merge<TLanes, TElement>(i, f, candidate, cell);
            if (peepholes is not null)
            {
                AddProduct<TLanes, TElement>(peepholes + hidden, cell, o);
                Activate<TLanes, TElement>(gate, o, hidden);
            }

            PutOut<TLanes, TElement>(o, cell, state);
            rows.Emit(row, state);
        }
    }

    private static void Activate<TLanes, TElement>(GateFunction<TActivations> gate, TElement* values, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new UnaryBody<GateFunction<TActivations>>(gate, values, values, accumulate: false).Invoke<TLanes, TElement>(0, length);

    // sum += p ⊙ c.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProduct<TLanes, TElement>(TElement* p, TElement* c, TElement* sum)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        for (int j = 0; j < hidden; j += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, hidden - j);
            TLanes value = CellRows.Load<TLanes, TElement>(sum + j, count);
            CellRows.Store(TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(p + j, count), CellRows.Load<TLanes, TElement>(c + j, count), value), sum + j, count);
        }
    }

    // c = f ⊙ c + i ⊙ candidate.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Merge<TLanes, TElement>(TElement* i, TElement* f, TElement* candidate, TElement* cell)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        for (int j = 0; j < hidden; j += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, hidden - j);
            TLanes input = CellRows.Load<TLanes, TElement>(i + j, count);
            TLanes forget = rows.Couples ? TLanes.Broadcast(1) - input : CellRows.Load<TLanes, TElement>(f + j, count);
            TLanes added = input * CellRows.Load<TLanes, TElement>(candidate + j, count);
            CellRows.Store(TLanes.MultiplyAdd(forget, CellRows.Load<TLanes, TElement>(cell + j, count), added), cell + j, count);
        }
    }

    // h = o ⊙ h(c).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutOut<TLanes, TElement>(TElement* o, TElement* cell, TElement* state)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TActivations functions = activations;
        int hidden = rows.Hidden;
        for (int j = 0; j < hidden; j += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, hidden - j);
            TLanes h = functions.H(CellRows.Load<TLanes, TElement>(cell + j, count));
            CellRows.Store(CellRows.Load<TLanes, TElement>(o + j, count) * h, state + j, count);
        }
    }
}

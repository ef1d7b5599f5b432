using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The last part of a GRU cell on rows whose gates z, r, h are summed: h' = (1 - z) ⊙ candidate + z ⊙ h. With
/// <paramref name="resetsProducts"/> the candidate still lacks r ⊙ products.
/// </summary>
internal readonly unsafe struct GruBody<TActivations>(CellRows rows, TActivations activations, bool resetsProducts) : ILaneBody
    where TActivations : struct, ICellActivations
{
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        var gate = new GateFunction<TActivations>(activations, rows.Clip);
        for (int row = start; row < end; row++)
        {
            if (!rows.Takes<TElement>(row))
            {
                continue;
            }

            TElement* z = (TElement*)rows.Gates + (row * rows.GateRow);
            TElement* r = z + hidden;
            TElement* candidate = r + hidden;
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            new UnaryBody<GateFunction<TActivations>>(gate, z, z, accumulate: false).Invoke<TLanes, TElement>(0, resetsProducts ? 2 * hidden : hidden);
            if (resetsProducts)
            {
                AddReset<TLanes, TElement>(r, (TElement*)rows.Products + ((nint)row * hidden), candidate);
            }

            new UnaryBody<CandidateFunction<TActivations>>(new(activations, rows.Clip), candidate, candidate, accumulate: false).Invoke<TLanes, TElement>(0, hidden);
            Mix<TLanes, TElement>(z, candidate, state);
            rows.Emit(row, state);
        }
    }

    // candidate += r ⊙ products.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddReset<TLanes, TElement>(TElement* r, TElement* products, TElement* candidate)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        for (int j = 0; j < hidden; j += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, hidden - j);
            TLanes value = CellRows.Load<TLanes, TElement>(candidate + j, count);
            CellRows.Store(TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(r + j, count), CellRows.Load<TLanes, TElement>(products + j, count), value), candidate + j, count);
        }
    }

    // h = (1 - z) ⊙ candidate + z ⊙ h.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix<TLanes, TElement>(TElement* z, TElement* candidate, TElement* state)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int hidden = rows.Hidden;
        for (int j = 0; j < hidden; j += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, hidden - j);
            TLanes next = CellRows.Load<TLanes, TElement>(candidate + j, count);
            TLanes difference = CellRows.Load<TLanes, TElement>(state + j, count) - next;
            CellRows.Store(TLanes.MultiplyAdd(CellRows.Load<TLanes, TElement>(z + j, count), difference, next), state + j, count);
        }
    }
}

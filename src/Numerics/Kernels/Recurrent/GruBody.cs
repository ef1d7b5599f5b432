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

            TElement* gates = (TElement*)rows.Gates + (row * rows.GateRow);
            TElement* state = (TElement*)rows.State + ((nint)row * hidden);
            TElement* products = (TElement*)rows.Products + ((nint)row * hidden);
            TElement* output = rows.Output is null ? null : (TElement*)rows.Output + (row * rows.OutputRow);
            for (int j = 0; j < hidden; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, hidden - j);
                TLanes update = activations.F(rows.Clamp(CellRows.Load<TLanes, TElement>(gates + j, count)));
                TLanes candidate = CellRows.Load<TLanes, TElement>(gates + (2 * hidden) + j, count);
                if (resetsProducts)
                {
                    TLanes reset = activations.F(rows.Clamp(CellRows.Load<TLanes, TElement>(gates + hidden + j, count)));
                    candidate = TLanes.MultiplyAdd(reset, CellRows.Load<TLanes, TElement>(products + j, count), candidate);
                }

                candidate = activations.G(rows.Clamp(candidate));
                TLanes h = TLanes.MultiplyAdd(update, CellRows.Load<TLanes, TElement>(state + j, count) - candidate, candidate);
                CellRows.Store(h, state + j, count);
                if (output is not null)
                {
                    CellRows.Store(h, output + j, count);
                }
            }
        }
    }
}

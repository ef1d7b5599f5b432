using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>g of a candidate, clamped to [-clip, clip] before.</summary>
internal readonly struct CandidateFunction<TActivations>(TActivations activations, float clip) : IUnaryOperation
    where TActivations : struct, ICellActivations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => activations.G(TLanes.Max(TLanes.Broadcast(-clip), TLanes.Min(TLanes.Broadcast(clip), x)));
}

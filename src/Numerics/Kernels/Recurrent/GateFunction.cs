using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>f of a gate, clamped to [-clip, clip] before.</summary>
internal readonly struct GateFunction<TActivations>(TActivations activations, float clip) : IUnaryOperation
    where TActivations : struct, ICellActivations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => activations.F(TLanes.Max(TLanes.Broadcast(-clip), TLanes.Min(TLanes.Broadcast(clip), x)));
}

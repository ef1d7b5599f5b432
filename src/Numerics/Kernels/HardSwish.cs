namespace Toolkit.Numerics.Kernels;

/// <summary>y = x · max(0, min(1, x / 6 + 0.5)) (Howard et al., 2019).</summary>
public readonly struct HardSwish : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        x * TLanes.Min(TLanes.Broadcast(1), TLanes.Max(TLanes.Zero, (TLanes.Broadcast(1.0 / 6) * x) + TLanes.Broadcast(0.5)));
}

namespace Toolkit.Numerics.Kernels;

/// <summary>y = 1 / x.</summary>
public readonly struct Reciprocal : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(1) / x;
}

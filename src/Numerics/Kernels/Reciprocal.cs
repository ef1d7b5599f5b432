namespace Toolkit.Numerics.Kernels;

/// <summary>y = 1 / x; dx = -dy · y².</summary>
public readonly struct Reciprocal : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(1) / x;

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => -(dy * y * y);
}

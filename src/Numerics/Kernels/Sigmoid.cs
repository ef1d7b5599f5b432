namespace Toolkit.Numerics.Kernels;

/// <summary>Logistic sigmoid: y = 1 / (1 + e⁻ˣ); dx = dy · y · (1 - y).</summary>
public readonly struct Sigmoid : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(1) / (TLanes.Broadcast(1) + TLanes.Exp(-x));

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * y * (TLanes.Broadcast(1) - y);
}

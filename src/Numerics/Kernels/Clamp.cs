namespace Toolkit.Numerics.Kernels;

/// <summary>y = min(max(x, low), high). A NaN passes; where low exceeds high, y is high.</summary>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
public readonly struct Clamp(double low, double high) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Min(TLanes.Broadcast(high), TLanes.Max(TLanes.Broadcast(low), x));
}

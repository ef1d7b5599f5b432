namespace Toolkit.Numerics.Kernels;

/// <summary>y = x where x &gt; α, else 0 (Konda et al., 2014).</summary>
/// <param name="alpha">α.</param>
public readonly struct ThresholdedRelu(float alpha) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Broadcast(alpha), x, TLanes.Zero);
}

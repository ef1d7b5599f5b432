namespace Toolkit.Numerics.Kernels;

/// <summary>Continuously differentiable exponential linear unit (Barron, 2017): y = x where x &gt; 0, else α · (e^(x / α) - 1). A NaN passes.</summary>
/// <param name="alpha">α, which is not 0.</param>
public readonly struct Celu(float alpha) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Above 0 the exponential is not wanted and could overflow.
        TLanes a = TLanes.Broadcast(alpha);
        TLanes negative = a * (TLanes.Exp(TLanes.Min(TLanes.Zero, x) / a) - TLanes.Broadcast(1));
        return TLanes.SelectGreater(x, TLanes.Zero, x, negative);
    }
}

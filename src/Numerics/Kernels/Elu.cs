namespace Toolkit.Numerics.Kernels;

/// <summary>Exponential linear unit (Clevert et al., 2015): y = x where x &gt; 0, else α · (eˣ - 1). A NaN passes.</summary>
/// <param name="alpha">α, minus the limit for x to -∞.</param>
public readonly struct Elu(float alpha) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Above 0 the exponential is not wanted and could overflow.
        TLanes negative = TLanes.Broadcast(alpha) * (TLanes.Exp(TLanes.Min(TLanes.Zero, x)) - TLanes.Broadcast(1));
        return TLanes.SelectGreater(x, TLanes.Zero, x, negative);
    }
}

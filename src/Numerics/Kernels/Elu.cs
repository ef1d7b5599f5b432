namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Exponential linear unit (Clevert et al., 2015): y = x where x &gt; 0, else α · (eˣ - 1); dx = dy where x &gt; 0, else dy · α · eˣ, which
/// is dy · (y + α). A NaN passes.
/// </summary>
/// <param name="alpha">α, minus the limit for x to -∞; not negative.</param>
public readonly struct Elu(float alpha) : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Above 0 the exponential is not wanted and could overflow.
        TLanes negative = TLanes.Broadcast(alpha) * (TLanes.Exp(TLanes.Min(TLanes.Zero, x)) - TLanes.Broadcast(1));
        return TLanes.SelectGreater(x, TLanes.Zero, x, negative);
    }

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(y, TLanes.Zero, dy, dy * (y + TLanes.Broadcast(alpha)));
}

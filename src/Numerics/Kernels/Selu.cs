namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Scaled exponential linear unit (Klambauer et al., 2017): y = γ · x where x &gt; 0, else γ · α · (eˣ - 1); dx = γ · dy where y &gt; 0, else
/// dy · (y + γ · α).
/// </summary>
/// <param name="alpha">α; not negative.</param>
/// <param name="gamma">γ; positive.</param>
public readonly struct Selu(float alpha, float gamma) : IDifferentiableOperation
{
    /// <summary>The α with which activations keep mean 0 and variance 1.</summary>
    public const float DefaultAlpha = 1.6732632f;

    /// <summary>The γ with which activations keep mean 0 and variance 1.</summary>
    public const float DefaultGamma = 1.050701f;

    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(gamma) * new Elu(alpha).Invoke(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(gamma);
        return TLanes.SelectGreater(y, TLanes.Zero, scale * dy, dy * TLanes.MultiplyAdd(scale, TLanes.Broadcast(alpha), y));
    }
}

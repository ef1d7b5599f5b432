namespace Toolkit.Numerics.Kernels;

/// <summary>Sigmoid linear unit, or swish (Elfwing et al., 2017): y = x · σ(x), σ(x) = 1 / (1 + e⁻ˣ); dx = dy · σ(x) · (1 + x · (1 - σ(x))).</summary>
public readonly struct Silu : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x * default(Sigmoid).Invoke(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes sigmoid = default(Sigmoid).Invoke(x);
        return dy * sigmoid * TLanes.MultiplyAdd(x, one - sigmoid, one);
    }
}

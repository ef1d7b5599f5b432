namespace Toolkit.Numerics.Kernels;

/// <summary>y = ln(1 + eˣ), computed as max(x, 0) + log1p(e^-|x|), which neither overflows nor loses the small values;
/// dx = dy / (1 + e⁻ˣ), which is dy · (1 - e⁻ʸ).</summary>
public readonly struct Softplus : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes e = TLanes.Exp(-TLanes.Abs(x));
        TLanes u = one + e;

        // log1p(e) = ln(u) · e / (u - 1): the error of rounding 1 + e cancels (Kahan). Where u is 1, log1p(e) is e.
        TLanes log1p = TLanes.SelectGreater(u, one, TLanes.Log(u) * (e / (u - one)), e);
        return TLanes.Max(TLanes.Zero, x) + log1p;
    }
    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * (TLanes.Broadcast(1) - TLanes.Exp(-y));
}

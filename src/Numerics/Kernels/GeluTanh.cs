namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The approximation of <see cref="Gelu"/> by tanh (Hendrycks and Gimpel, 2016): y = x / 2 · (1 + tanh u), u = √(2 / π) · (x + 0.044715 · x³);
/// dx = dy · ((1 + tanh u) / 2 + x / 2 · (1 - tanh² u) · √(2 / π) · (1 + 3 · 0.044715 · x²)).
/// </summary>
public readonly struct GeluTanh : IDifferentiableOperation
{
    private const double Scale = 0.79788456080286536;
    private const double Cubic = 0.044715;

    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Broadcast(0.5);
        return x * TLanes.MultiplyAdd(half, Inner(x), half);
    }

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes half = TLanes.Broadcast(0.5);
        TLanes tanh = Inner(x);
        TLanes slope = TLanes.Broadcast(Scale) * TLanes.MultiplyAdd(TLanes.Broadcast(3 * Cubic), x * x, one);
        TLanes change = half * x * (one - (tanh * tanh)) * slope;
        return dy * (TLanes.MultiplyAdd(half, tanh, half) + change);
    }

    // tanh u.
    private static TLanes Inner<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Tanh(TLanes.Broadcast(Scale) * x * TLanes.MultiplyAdd(TLanes.Broadcast(Cubic), x * x, TLanes.Broadcast(1)));
}

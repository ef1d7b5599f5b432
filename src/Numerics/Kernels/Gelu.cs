namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Gaussian error linear unit (Hendrycks and Gimpel, 2016): y = x · Φ(x), Φ(x) = (1 + erf(x / √2)) / 2 being the normal distribution's
/// function; dx = dy · (Φ(x) + x · e^(-x² / 2) / √(2π)).
/// </summary>
public readonly struct Gelu : IDifferentiableOperation
{
    private const double InverseSquareRootOfTwo = 0.70710678118654752;
    private const double InverseSquareRootOfTwoPi = 0.39894228040143268;

    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x * Distribution(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes density = TLanes.Broadcast(InverseSquareRootOfTwoPi) * TLanes.Exp(TLanes.Broadcast(-0.5) * x * x);
        return dy * TLanes.MultiplyAdd(x, density, Distribution(x));
    }

    private static TLanes Distribution<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes half = TLanes.Broadcast(0.5);
        return TLanes.MultiplyAdd(half, default(Erf).Invoke(x * TLanes.Broadcast(InverseSquareRootOfTwo)), half);
    }
}

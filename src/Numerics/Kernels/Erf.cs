namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Error function: y = 2/√π · ∫₀ˣ e^(-t²) dt, by the rational approximations of W. J. Cody, "Rational Chebyshev approximation for the
/// error function", Math. Comp. 23 (1969); in float64 the error is a few 1e-16.
/// </summary>
public readonly struct Erf : IUnaryOperation
{
    // Beyond this erf is ±1 in float64 too, and the second approximation would overflow before it said so.
    private const double Limit = 6;

    // Below this |x| the first approximation is used.
    private const double Small = 0.46875;

    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes y = TLanes.Min(TLanes.Broadcast(Limit), TLanes.Abs(x));
        TLanes magnitude = TLanes.Broadcast(1) - (TLanes.Exp(-(y * y)) * Complement(y));
        TLanes far = TLanes.SelectGreater(TLanes.Zero, x, -magnitude, magnitude);
        return TLanes.SelectGreater(TLanes.Broadcast(Small), y, x * Ratio(x * x), far);
    }

    // erf(x) / x as a ratio of polynomials in s = x².
    private static TLanes Ratio<TLanes>(TLanes s)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = Step(TLanes.Broadcast(1.85777706184603153e-1), s, 3.16112374387056560e0);
        p = Step(Step(Step(p, s, 1.13864154151050156e2), s, 3.77485237685302021e2), s, 3.20937758913846947e3);
        TLanes q = Step(TLanes.Broadcast(1), s, 2.36012909523441209e1);
        q = Step(Step(Step(q, s, 2.44024637934444173e2), s, 1.28261652607737228e3), s, 2.84423683343917062e3);
        return p / q;
    }

    // e^(y²) · erfc(y) as a ratio of polynomials in y.
    private static TLanes Complement<TLanes>(TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes p = Step(TLanes.Broadcast(2.15311535474403846e-8), y, 5.64188496988670089e-1);
        p = Step(Step(Step(p, y, 8.88314979438837594e0), y, 6.61191906371416295e1), y, 2.98635138197400131e2);
        p = Step(Step(p, y, 8.81952221241769090e2), y, 1.71204761263407058e3);
        p = Step(Step(p, y, 2.05107837782607147e3), y, 1.23033935479799725e3);
        TLanes q = Step(TLanes.Broadcast(1), y, 1.57449261107098347e1);
        q = Step(Step(Step(q, y, 1.17693950891312499e2), y, 5.37181101862009858e2), y, 1.62138957456669019e3);
        q = Step(Step(q, y, 3.29079923573345963e3), y, 4.36261909014324716e3);
        q = Step(Step(q, y, 3.43936767414372164e3), y, 1.23033935480374942e3);
        return p / q;
    }

    // One step of Horner's scheme.
    private static TLanes Step<TLanes>(TLanes sum, TLanes x, double coefficient)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(sum, x, TLanes.Broadcast(coefficient));
}

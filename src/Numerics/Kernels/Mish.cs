namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Mish (Misra, 2019): y = x · tanh(ln(1 + eˣ)), computed as x · w / (w + 2) with w = eˣ · (eˣ + 2), which cancels nowhere. A NaN passes.
/// </summary>
public readonly struct Mish : IUnaryOperation
{
    // From here on the factor is 1 in float64 too, and e²ˣ is far from overflowing in float32.
    private const double Limit = 20;

    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes two = TLanes.Broadcast(2);
        TLanes exponential = TLanes.Exp(TLanes.Min(TLanes.Broadcast(Limit), x));
        TLanes w = exponential * (exponential + two);
        return x * (w / (w + two));
    }
}

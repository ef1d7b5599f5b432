namespace Toolkit.Numerics.Kernels;

/// <summary>y = ln x; NaN below 0, -∞ at 0.</summary>
public readonly struct Logarithm : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Log(x);
}

namespace Toolkit.Numerics.Kernels;

/// <summary>y = √x; NaN below 0.</summary>
public readonly struct SquareRoot : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Sqrt(x);
}

namespace Toolkit.Numerics.Kernels;

/// <summary>y = eˣ.</summary>
public readonly struct Exponential : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Exp(x);
}

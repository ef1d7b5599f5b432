namespace Toolkit.Numerics.Kernels;

/// <summary>y = -x.</summary>
public readonly struct Negate : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => -x;
}

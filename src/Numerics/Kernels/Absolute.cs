namespace Toolkit.Numerics.Kernels;

/// <summary>y = |x|.</summary>
public readonly struct Absolute : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Abs(x);
}

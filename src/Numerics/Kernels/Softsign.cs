namespace Toolkit.Numerics.Kernels;

/// <summary>y = x / (1 + |x|); dx = dy / (1 + |x|)², which is dy · (1 - |y|)².</summary>
public readonly struct Softsign : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x / (TLanes.Broadcast(1) + TLanes.Abs(x));

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes root = TLanes.Broadcast(1) - TLanes.Abs(y);
        return dy * root * root;
    }
}

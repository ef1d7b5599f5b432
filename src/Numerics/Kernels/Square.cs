namespace Toolkit.Numerics.Kernels;

/// <summary>y = x²; dx = 2 · x · dy.</summary>
public readonly struct Square : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x * x;

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => (x + x) * dy;
}

namespace Toolkit.Numerics.Kernels;

/// <summary>y = a · x + b; dx = a · dy.</summary>
/// <param name="scale">a.</param>
/// <param name="shift">b.</param>
public readonly struct Affine(double scale, double shift) : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => (TLanes.Broadcast(scale) * x) + TLanes.Broadcast(shift);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(scale) * dy;
}

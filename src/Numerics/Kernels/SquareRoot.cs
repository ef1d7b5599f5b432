namespace Toolkit.Numerics.Kernels;

/// <summary>Square root: y = √x; dx = dy / (2 y).</summary>
public readonly struct SquareRoot : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Sqrt(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy / (y + y);
}

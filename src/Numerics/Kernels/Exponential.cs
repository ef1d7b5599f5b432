namespace Toolkit.Numerics.Kernels;

/// <summary>Exponential function: y = eˣ; dx = dy · y.</summary>
public readonly struct Exponential : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Exp(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * y;
}

namespace Toolkit.Numerics.Kernels;

/// <summary>Natural logarithm: y = ln x; dx = dy / x.</summary>
public readonly struct Logarithm : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Log(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy / x;
}

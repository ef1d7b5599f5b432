namespace Toolkit.Numerics.Kernels;

/// <summary>Absolute value: y = |x|; dx = dy where x &gt; 0, -dy where x &lt; 0, 0 at 0.</summary>
public readonly struct Absolute : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Abs(x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, dy, TLanes.SelectGreater(TLanes.Zero, x, -dy, TLanes.Zero));
}

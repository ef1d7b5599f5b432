namespace Toolkit.Numerics.Kernels;

<<<<<<< HEAD
/// <summary>y = |x|.</summary>
public readonly struct Absolute : IUnaryOperation
=======
/// <summary>Absolute value: y = |x|; dx = dy where x &gt; 0, -dy where x &lt; 0, 0 at 0.</summary>
public readonly struct Absolute : IDifferentiableOperation
>>>>>>> main
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Abs(x);
<<<<<<< HEAD
=======

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, dy, TLanes.SelectGreater(TLanes.Zero, x, -dy, TLanes.Zero));
>>>>>>> main
}

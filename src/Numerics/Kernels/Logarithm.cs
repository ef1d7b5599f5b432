namespace Toolkit.Numerics.Kernels;

<<<<<<< HEAD
/// <summary>y = ln x; NaN below 0, -∞ at 0.</summary>
public readonly struct Logarithm : IUnaryOperation
=======
/// <summary>Natural logarithm: y = ln x; dx = dy / x.</summary>
public readonly struct Logarithm : IDifferentiableOperation
>>>>>>> main
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Log(x);
<<<<<<< HEAD
=======

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy / x;
>>>>>>> main
}

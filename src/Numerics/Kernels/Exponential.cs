namespace Toolkit.Numerics.Kernels;

<<<<<<< HEAD
/// <summary>y = eˣ.</summary>
public readonly struct Exponential : IUnaryOperation
=======
/// <summary>Exponential function: y = eˣ; dx = dy · y.</summary>
public readonly struct Exponential : IDifferentiableOperation
>>>>>>> main
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Exp(x);
<<<<<<< HEAD
=======

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * y;
>>>>>>> main
}

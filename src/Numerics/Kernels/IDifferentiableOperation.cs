namespace Toolkit.Numerics.Kernels;

/// <summary>A unary operation with its derivative: forward beside backward.</summary>
public interface IDifferentiableOperation : IUnaryOperation
{
    /// <summary>dx = dy · f'(x), given the input x, the output y = f(x) and the output's gradient dy.</summary>
    TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>;
}

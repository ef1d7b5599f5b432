namespace Toolkit.Numerics.Kernels;

/// <summary>Rectifier with a learned slope: z = x where x > 0, else y · x, y being the slope.</summary>
public readonly struct ParametricRelu : IBinaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, x, y * x);
}

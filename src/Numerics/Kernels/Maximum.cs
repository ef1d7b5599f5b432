namespace Toolkit.Numerics.Kernels;

/// <summary>z = max(x, y).</summary>
public readonly struct Maximum : IBinaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(x, y);
}

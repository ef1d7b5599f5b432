namespace Toolkit.Numerics.Kernels;

/// <summary>z = max(x, y), NaN where either is NaN: ONNX's Max.</summary>
public readonly struct PropagatingMaximum : IBinaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        // The lanes' own maximum hands on a NaN in y; |x| > -1 fails exactly for a NaN in x.
        return TLanes.SelectGreater(TLanes.Abs(x), TLanes.Broadcast(-1), TLanes.Max(x, y), x);
    }
}

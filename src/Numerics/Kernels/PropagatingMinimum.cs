namespace Toolkit.Numerics.Kernels;

/// <summary>z = min(x, y), NaN where either is NaN: ONNX's Min.</summary>
public readonly struct PropagatingMinimum : IBinaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes>
    {
        // The lanes' own minimum hands on a NaN in y; |x| > -1 fails exactly for a NaN in x.
        return TLanes.SelectGreater(TLanes.Abs(x), TLanes.Broadcast(-1), TLanes.Min(x, y), x);
    }
}

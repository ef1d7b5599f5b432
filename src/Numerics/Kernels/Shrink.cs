namespace Toolkit.Numerics.Kernels;

/// <summary>y = x + bias where x &lt; -λ, x - bias where x &gt; λ, else 0.</summary>
/// <param name="bias">By how much what is left moves towards 0.</param>
/// <param name="lambda">λ, the threshold.</param>
public readonly struct Shrink(float bias, float lambda) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes above = TLanes.SelectGreater(x, TLanes.Broadcast(lambda), x - TLanes.Broadcast(bias), TLanes.Zero);
        return TLanes.SelectGreater(TLanes.Broadcast(-lambda), x, x + TLanes.Broadcast(bias), above);
    }
}

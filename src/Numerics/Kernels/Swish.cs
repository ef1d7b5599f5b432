namespace Toolkit.Numerics.Kernels;

/// <summary>Swish (Ramachandran et al., 2017): y = x / (1 + e^(-α · x)).</summary>
/// <param name="alpha">α.</param>
public readonly struct Swish(float alpha) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x * default(Sigmoid).Invoke(TLanes.Broadcast(alpha) * x);
}

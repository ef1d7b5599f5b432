namespace Toolkit.Numerics.Kernels;

/// <summary>Leaky rectifier: y = x where x &gt; 0, else α · x.</summary>
/// <param name="alpha">α, the slope below 0.</param>
public readonly struct LeakyRelu(float alpha) : IUnaryOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, x, TLanes.Broadcast(alpha) * x);
}

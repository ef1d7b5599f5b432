namespace Toolkit.Numerics.Kernels;

/// <summary>Leaky rectifier: y = x where x &gt; 0, else α · x; dx = dy where y &gt; 0, else α · dy.</summary>
/// <param name="alpha">α, the slope below 0; not negative where backward is used, which reads the sign of x from y.</param>
public readonly struct LeakyRelu(float alpha) : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, x, TLanes.Broadcast(alpha) * x);

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(y, TLanes.Zero, dy, TLanes.Broadcast(alpha) * dy);
}

namespace Toolkit.Numerics.Kernels;

/// <summary>Piecewise linear sigmoid: y = max(0, min(1, α · x + β)); dx = α · dy where 0 &lt; y &lt; 1, else 0.</summary>
/// <param name="alpha">α, the slope: 1/6 in Keras and PyTorch, 0.2 by ONNX's default.</param>
/// <param name="beta">β, the value at 0.</param>
public readonly struct HardSigmoid(float alpha, float beta) : IDifferentiableOperation
{
    /// <inheritdoc/>
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.Max(TLanes.Zero, TLanes.Min(TLanes.Broadcast(1), TLanes.MultiplyAdd(TLanes.Broadcast(alpha), x, TLanes.Broadcast(beta))));

    /// <inheritdoc/>
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes inside = TLanes.SelectGreater(TLanes.Broadcast(1), y, TLanes.Broadcast(alpha) * dy, TLanes.Zero);
        return TLanes.SelectGreater(y, TLanes.Zero, inside, TLanes.Zero);
    }
}

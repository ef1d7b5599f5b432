using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Logistic sigmoid: y = 1 / (1 + e⁻ˣ); dx = dy · y · (1 - y). Below 0 it is computed as eˣ / (1 + eˣ), which keeps its
/// relative precision down to the smallest numbers.
/// </summary>
public readonly struct Sigmoid : IDifferentiableOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes z = TLanes.Exp(-TLanes.Abs(x));
        return TLanes.SelectGreater(x, TLanes.Zero, one, z) / (one + z);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * y * (TLanes.Broadcast(1) - y);
}

using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>Hyperbolic tangent: y = tanh x; dx = dy · (1 - y²).</summary>
public readonly struct HyperbolicTangent : IDifferentiableOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy * (TLanes.Broadcast(1) - (y * y));
}

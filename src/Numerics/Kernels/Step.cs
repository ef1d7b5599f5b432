using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>Heaviside step: y = 1 where x &gt; 0, else 0. Its derivative is 0 everywhere: nothing learns through it.</summary>
public readonly struct Step : IDifferentiableOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(x, TLanes.Zero, TLanes.Broadcast(1), TLanes.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.Zero;
}

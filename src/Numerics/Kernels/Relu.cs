using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>Rectified linear unit: y = max(0, x); dx = dy where y &gt; 0, else 0. A NaN passes.</summary>
public readonly struct Relu : IDifferentiableOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(TLanes.Zero, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => TLanes.SelectGreater(y, TLanes.Zero, dy, TLanes.Zero);
}

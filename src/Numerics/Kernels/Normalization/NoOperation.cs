using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>y = x; dx = dy: where a loop takes an activation and there is none.</summary>
internal readonly struct NoOperation : IDifferentiableOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Backward<TLanes>(TLanes x, TLanes y, TLanes dy)
        where TLanes : struct, ILanes<TLanes> => dy;
}

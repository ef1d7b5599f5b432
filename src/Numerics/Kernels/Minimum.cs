using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>z = min(x, y).</summary>
public readonly struct Minimum : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes> => TLanes.Min(x, y);
}

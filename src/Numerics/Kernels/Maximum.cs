using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>z = max(x, y).</summary>
public readonly struct Maximum : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(x, y);
}

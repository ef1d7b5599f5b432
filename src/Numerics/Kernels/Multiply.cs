using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>z = x · y.</summary>
public readonly struct Multiply : IBinaryOperation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes> => x * y;
}

using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The mean of four; each has a quarter of its gradient.</summary>
internal readonly struct MeanOfFour : IFoldOfFour, ISpreadToFour
{
    /// <inheritdoc/>
    public static bool ReadsElements => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3)
        where TLanes : struct, ILanes<TLanes> => (x0 + x1 + x2 + x3) * TLanes.Broadcast(0.25);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3, TLanes dy, out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3)
        where TLanes : struct, ILanes<TLanes>
    {
        g0 = dy * TLanes.Broadcast(0.25);
        g1 = g0;
        g2 = g0;
        g3 = g0;
    }
}

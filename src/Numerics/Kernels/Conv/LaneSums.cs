using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Sums that are kept in sixteen places of memory whatever the width of the lanes: a term goes to the place that is its index modulo sixteen, so that every instruction
/// set rounds alike.
/// </summary>
internal static unsafe class LaneSums
{
    /// <summary>The places of a sum.</summary>
    public const int Count = 16;

    /// <summary>Adds the places up: the upper half to the lower until one is left. Overwrites them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Across<TLanes, T>(T* sums)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = Count / 2; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in sums[i]) + TLanes.Load(in sums[i + half]), ref sums[i]);
            }
        }

        return TLanes.SumAcross(TLanes.Load(in sums[0]));
    }
}

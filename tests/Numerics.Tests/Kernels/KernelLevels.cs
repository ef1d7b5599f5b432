using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

/// <summary>The levels that this machine runs, and a loop run on one of them.</summary>
internal static class KernelLevels
{
    public static IEnumerable<KernelLevel> Available => KernelSet.Available.Select(set => set.Level);

    public static void Run<TBody>(TBody body, int length, KernelLevel level)
        where TBody : struct, ILaneBody => LaneTraversal.Dispatch<TBody, float>(ref body, 0, length, level);
}

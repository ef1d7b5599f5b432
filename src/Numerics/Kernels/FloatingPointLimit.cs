using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How many floating-point operations a second this machine can do at most: independent fused multiply-adds of float32 in registers, nothing else.
/// No kernel can be faster; what share of it one reaches can be compared between machines, and on a shared machine between runs.
/// </summary>
public static class FloatingPointLimit
{
    // As many sums as hide the latency of the instruction on any current processor and still fit the registers.
    private const int Sums = 12;
    private const int Rounds = 100_000;
    private const int Repeats = 7;

    /// <summary>Operations a second, of which a fused multiply-add is two, of all the threads together: the best of a few runs of about a millisecond.</summary>
    /// <param name="workers">The threads.</param>
    public static double Measure(WorkerPool workers) => Measure(KernelSet.Current, workers);

    /// <summary><see cref="Measure(WorkerPool)"/> with the instructions of <paramref name="set"/>.</summary>
    internal static double Measure(KernelSet set, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        int threads = workers.ThreadCount;
        double best = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            var body = new Body();
            long start = Stopwatch.GetTimestamp();
            LaneTraversal.Run<Body, float>(ref body, threads, 1, 1, set.Level, workers);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * set.SingleGemm.VectorWidth * Sums * Rounds * threads / seconds);
        }

        return best;
    }

    private struct Body : ILaneBody
    {
        // Written so that the loop is not dead.
        private double _sink;

        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            for (int thread = start; thread < end; thread++)
            {
                _sink = double.CreateTruncating(Run<TLanes, TElement>());
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static TElement Run<TLanes, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var x = TLanes.Repeat(TElement.CreateTruncating(0.999));
            var y = TLanes.Repeat(TElement.CreateTruncating(0.001));
            TLanes a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
            for (int round = 0; round < Rounds; round++)
            {
                a = TLanes.MultiplyAdd(a, x, y);
                b = TLanes.MultiplyAdd(b, x, y);
                c = TLanes.MultiplyAdd(c, x, y);
                d = TLanes.MultiplyAdd(d, x, y);
                e = TLanes.MultiplyAdd(e, x, y);
                f = TLanes.MultiplyAdd(f, x, y);
                g = TLanes.MultiplyAdd(g, x, y);
                h = TLanes.MultiplyAdd(h, x, y);
                i = TLanes.MultiplyAdd(i, x, y);
                j = TLanes.MultiplyAdd(j, x, y);
                k = TLanes.MultiplyAdd(k, x, y);
                l = TLanes.MultiplyAdd(l, x, y);
            }

            Span<TElement> sums = stackalloc TElement[TLanes.Count];
            TLanes.Store(a + b + c + d + e + f + g + h + i + j + k + l, ref sums[0]);
            return sums[0];
        }
    }
}

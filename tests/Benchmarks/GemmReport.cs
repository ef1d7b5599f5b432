using System.Diagnostics;
using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>
/// Measures the floating-point limit and the matrix products of each kernel set, with one thread and with two, and prints
/// GFLOPS and their share of the limit. The limit is measured before and after each product: the share is what counts on a shared machine.
/// </summary>
internal static class GemmReport
{
    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sets">Names of kernel sets; empty for all of the machine.</param>
    public static void Write(TextWriter output, ReadOnlySpan<string> sets)
    {
        string[] wanted = sets.ToArray();
        foreach (KernelSet set in KernelSet.Available.Where(set => wanted.Length == 0 || wanted.Contains(set.Name)))
        {
            foreach (int threads in new[] { 1, 2 })
            {
                using var pool = new WorkerPool(threads);
                Write(output, set, pool);
            }
        }
    }

    private static void Write(TextWriter output, KernelSet set, WorkerPool pool)
    {
        FloatingPointLimit.Measure(set, pool);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Name}, {pool.ThreadCount} threads: limit {FloatingPointLimit.Measure(set, pool) / 1e9:F0} GFLOPS"));
        output.WriteLine("product                    M    K    N        us   GFLOPS  of limit");
        foreach (GemmCase product in GemmCase.All)
        {
            double before = FloatingPointLimit.Measure(set, pool) / 1e9;
            double seconds = Measure(product, set, pool);
            double limit = Math.Max(before, FloatingPointLimit.Measure(set, pool) / 1e9);
            double gflops = product.Operations / seconds / 1e9;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{product.Name,-22} {product.M,5}{product.K,5}{product.N,5} {seconds * 1e6,9:F2} {gflops,8:F1} {gflops / limit,8:P0}"));
        }
    }

    // The fastest of a few batches of calls, each long enough for the clock.
    private static double Measure(GemmCase product, KernelSet set, WorkerPool pool)
    {
        product.Run(set, pool);
        product.Run(set, pool);
        int calls = 1;
        double best = double.MaxValue;
        long deadline = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 8);
        while (Stopwatch.GetTimestamp() < deadline)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                product.Run(set, pool);
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Min(best, seconds / calls);
            if (seconds < 0.002)
            {
                calls *= 2;
            }
        }

        return best;
    }
}

using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>
/// Measures the convolutions of the book's networks, forward and both gradients, with one thread and with two, and prints GFLOPS of the multiply-adds that the
/// definition has, and their share of the floating-point limit. The limit is measured before and after each: the share is what counts on a shared machine.
/// </summary>
internal static class ConvolutionReport
{
    /// <summary>Writes the table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="arguments">Threads (1, 2) and parts of names; empty for all.</param>
    public static void Write(TextWriter output, ReadOnlySpan<string> arguments)
    {
        string[] names = [.. arguments.ToArray().Where(argument => !int.TryParse(argument, out _))];
        int[] threads = [.. arguments.ToArray().Where(argument => int.TryParse(argument, out _)).Select(int.Parse)];
        foreach (int count in threads.Length == 0 ? [1, 2] : threads)
        {
            using var pool = new WorkerPool(count);
            FloatingPointLimit.Measure(KernelSet.Current, pool);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{KernelSet.Current.Name}, {count} threads: limit {FloatingPointLimit.Measure(KernelSet.Current, pool) / 1e9:F0} GFLOPS"));
            output.WriteLine("convolution              forward us  GFLOPS of limit      by input us  GFLOPS of limit    by weights us  GFLOPS of limit");
            foreach ((string name, ConvolutionGeometry geometry) in ConvolutionCase.All.Where(item => names.Length == 0 || names.Any(part => item.Name.Contains(part, StringComparison.Ordinal))))
            {
                output.WriteLine($"{name,-22}{Row(geometry, pool)}");
            }
        }
    }

    private static string Row(ConvolutionGeometry g, WorkerPool pool)
    {
        float[] x = Timing.Values(g.InputLength), w = Timing.Values(g.WeightLength), bias = Timing.Values(g.OutputChannels), y = Timing.Values(g.OutputLength), dw = Timing.Values(g.WeightLength);
        double operations = 2.0 * g.OutputLength * g.GroupInputChannels * g.KernelArea;
        return Share(operations, pool, () => Convolution.Forward<float>(in g, x, w, bias, y, ActivationKind.Relu, pool))
            + Share(operations, pool, () => Convolution.BackwardInput<float>(in g, y, w, x, false, pool))
            + Share(operations, pool, () => Convolution.BackwardWeights<float>(in g, x, y, dw, false, pool));
    }

    private static string Share(double operations, WorkerPool pool, Action action)
    {
        double before = FloatingPointLimit.Measure(KernelSet.Current, pool) / 1e9;
        double seconds = Timing.Measure(action);
        double limit = Math.Max(before, FloatingPointLimit.Measure(KernelSet.Current, pool) / 1e9);
        return string.Create(CultureInfo.InvariantCulture, $"  {seconds * 1e6,10:F1} {operations / seconds / 1e9,7:F1} {operations / seconds / 1e9 / limit,8:P0}");
    }
}

using System.Diagnostics;
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
    private static readonly (string Name, ConvolutionGeometry Geometry)[] Cases =
    [
        ("mnist-cnn 1", Square(64, 1, 28, 32, 3)),
        ("mnist-cnn 2", Square(64, 32, 13, 64, 3)),
        ("mnist-cnn 3", Square(64, 64, 5, 64, 3)),
        ("lenet 1", Square(64, 1, 28, 6, 5, 2)),
        ("lenet 2", Square(64, 6, 14, 16, 5)),
        ("depthwise", Square(64, 32, 14, 32, 3, 1) with { Groups = 32 }),
        ("depthwise, stride 2", Square(64, 32, 28, 32, 3, 1) with { Groups = 32, StrideHeight = 2, StrideWidth = 2 }),
        ("pointwise", Square(64, 32, 14, 64, 1)),
        ("same 28x28", Square(64, 32, 28, 32, 3, 1)),
        ("stride 2", Square(64, 32, 28, 64, 3, 1) with { StrideHeight = 2, StrideWidth = 2 }),
        ("mnist-cnn 1, batch 1", Square(1, 1, 28, 32, 3)),
        ("mnist-cnn 2, batch 1", Square(1, 32, 13, 64, 3)),
        ("mnist-cnn 3, batch 1", Square(1, 64, 5, 64, 3)),
        ("same 28x28, batch 1", Square(1, 32, 28, 32, 3, 1)),
        ("same 56x56, batch 1", Square(1, 64, 56, 64, 3, 1)),
        ("pointwise, batch 1", Square(1, 64, 28, 128, 1)),
    ];

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
            foreach ((string name, ConvolutionGeometry geometry) in Cases.Where(item => names.Length == 0 || names.Any(part => item.Name.Contains(part, StringComparison.Ordinal))))
            {
                output.WriteLine($"{name,-22}{Row(geometry, pool)}");
            }
        }
    }

    private static ConvolutionGeometry Square(int batch, int channels, int size, int filters, int kernel, int pad = 0) => new()
    {
        Batch = batch,
        InputChannels = channels,
        InputHeight = size,
        InputWidth = size,
        OutputChannels = filters,
        KernelHeight = kernel,
        KernelWidth = kernel,
        PadTop = pad,
        PadLeft = pad,
        PadBottom = pad,
        PadRight = pad,
    };

    private static string Row(ConvolutionGeometry g, WorkerPool pool)
    {
        float[] x = Values(g.InputLength), w = Values(g.WeightLength), bias = Values(g.OutputChannels), y = Values(g.OutputLength), dw = Values(g.WeightLength);
        double operations = 2.0 * g.OutputLength * g.GroupInputChannels * g.KernelArea;
        return Share(operations, pool, () => Convolution.Forward<float>(in g, x, w, bias, y, ActivationKind.Relu, pool))
            + Share(operations, pool, () => Convolution.BackwardInput<float>(in g, y, w, x, false, pool))
            + Share(operations, pool, () => Convolution.BackwardWeights<float>(in g, x, y, dw, false, pool));
    }

    private static string Share(double operations, WorkerPool pool, Action action)
    {
        double before = FloatingPointLimit.Measure(KernelSet.Current, pool) / 1e9;
        double seconds = Measure(action);
        double limit = Math.Max(before, FloatingPointLimit.Measure(KernelSet.Current, pool) / 1e9);
        return string.Create(CultureInfo.InvariantCulture, $"  {seconds * 1e6,10:F1} {operations / seconds / 1e9,7:F1} {operations / seconds / 1e9 / limit,8:P0}");
    }

    // The fastest of a few batches of calls, each long enough for the clock.
    private static double Measure(Action action)
    {
        // As long as the runtime takes to compile what is called often once more, optimized.
        long warm = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 5);
        while (Stopwatch.GetTimestamp() < warm)
        {
            action();
        }

        int calls = 1;
        double best = double.MaxValue;
        long deadline = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        while (Stopwatch.GetTimestamp() < deadline)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                action();
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Min(best, seconds / calls);
            if (seconds < 0.001)
            {
                calls *= 2;
            }
        }

        return best;
    }

    private static float[] Values(int length)
    {
        float[] values = new float[length];
        new CounterRandom(1, (ulong)length).FillNormal(values);
        return values;
    }
}

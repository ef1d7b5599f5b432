using System.Globalization;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>
/// Measures what a training step does beside products: pooling, batch normalization, activations, dropout, an optimizer's pass. Prints the bytes that must be read and
/// written, by time, beside what copying a large array reaches in the same run; arrays that stay in a cache can be faster than that.
/// </summary>
internal static class PassReport
{
    private const int CopiedFloats = 16 << 20;

    private static readonly (int Batch, int Channels, int Side)[] Images = [(64, 32, 26), (128, 32, 28), (128, 64, 14)];

    /// <summary>Writes the table for one thread and for two.</summary>
    public static void Write(TextWriter output)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            using var pool = new WorkerPool(threads);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{KernelSet.Current.Name}, {threads} threads: copying {Copy(pool):F0} GB/s"));
            output.WriteLine("pass                                              us     GB/s");
            foreach ((int batch, int channels, int side) in Images)
            {
                Write(output, pool, batch, channels, side);
            }

            WriteOptimizer(output, pool, 407_050);
        }
    }

    private static double Copy(WorkerPool pool)
    {
        float[] from = Timing.Values(CopiedFloats), to = new float[CopiedFloats];
        return 8.0 * CopiedFloats / Timing.Measure(() => ElementWise.Unary<Negate, float>(default, from, to, pool)) / 1e9;
    }

    private static void Write(TextWriter output, WorkerPool pool, int batch, int channels, int side)
    {
        string shape = string.Create(CultureInfo.InvariantCulture, $"[{batch},{channels},{side},{side}]");
        int area = side * side;
        float[] x = Timing.Values(batch * channels * area), y = new float[x.Length], dx = new float[x.Length];
        var axis = new PoolingAxis(side, 2, 2, 0, 0, 1);
        var windows = new PoolingGeometry(batch * channels, axis, axis);
        float[] pooled = new float[windows.OutputLength];
        Line($"max pooling 2x2 {shape}", x.Length + pooled.Length, () => Pooling.MaxForward<float>(x, pooled, [], windows, pool));
        Line("  backward", (2 * x.Length) + pooled.Length, () => Pooling.MaxBackward<float>(x, pooled, dx, windows, pool));
        Line($"average pooling 2x2 {shape}", x.Length + pooled.Length, () => Pooling.AverageForward<float>(x, pooled, windows, false, pool));
        Line("  backward", x.Length + pooled.Length, () => Pooling.AverageBackward<float>(pooled, dx, windows, false, pool));
        float[] scale = Timing.Values(channels), bias = Timing.Values(channels), mean = new float[channels], variance = new float[channels], dscale = new float[channels], dbias = new float[channels];
        Line($"batch normalization {shape}", 3 * x.Length, () => Normalization.BatchTraining<float>(x, scale, bias, 1e-3f, y, mean, variance, batch, channels, area, pool));
        Line("  backward", 5 * x.Length, () => Normalization.BatchBackward<float>(x, scale, mean, variance, 1e-3f, y, dx, dscale, dbias, batch, channels, area, pool));
        Line($"relu {shape}", 2 * x.Length, () => ElementWise.Unary<Relu, float>(default, x, y, pool));
        Line($"tanh {shape}", 2 * x.Length, () => ElementWise.Unary<HyperbolicTangent, float>(default, x, y, pool));

        void Line(string name, long floats, Action action) => WriteLine(output, name, floats, action);
    }

    private static void WriteOptimizer(TextWriter output, WorkerPool pool, int length)
    {
        float[] w = Timing.Values(length), g = Timing.Values(length), v = new float[length];
        WriteLine(output, string.Create(CultureInfo.InvariantCulture, $"RMSprop's rule over {length:N0}"), 5 * length, () => ParameterUpdate.Apply<RootMeanSquareRule, float>(default, w, g, v, [], [], pool));
    }

    private static void WriteLine(TextWriter output, string name, long floats, Action action)
    {
        double seconds = Timing.Measure(action);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-42} {seconds * 1e6,9:F1} {4 * floats / seconds / 1e9,8:F1}"));
    }

    /// <summary>v ← 0.9 v + 0.1 g², w ← w - 0.001 g / (√v + 1e-8).</summary>
    private readonly struct RootMeanSquareRule : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(0.9), slot0, TLanes.Broadcast(0.1) * Subnormal.Square(gradient));
            parameter -= TLanes.Broadcast(0.001) * gradient / (TLanes.Sqrt(slot0) + TLanes.Broadcast(1e-8));
        }
    }
}

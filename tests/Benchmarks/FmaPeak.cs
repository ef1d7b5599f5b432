using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>The floating-point limit of a kernel set on this machine: independent fused multiply-adds in registers, nothing else.</summary>
internal static class FmaPeak
{
    // As many sums as hide the latency of the instruction on any current processor and still fit the registers.
    private const int Sums = 12;
    private const int Rounds = 100_000;

    /// <summary>GFLOPS of <paramref name="pool"/>'s threads together, the best of a few short runs.</summary>
    public static double Measure(KernelSet set, WorkerPool pool)
    {
        int width = set.SingleGemm.VectorWidth;
        double best = 0;
        for (int repeat = 0; repeat < 7; repeat++)
        {
            var body = new Body { Width = width };
            long start = Stopwatch.GetTimestamp();
            pool.Run(ref body, pool.ThreadCount);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * width * Sums * Rounds * pool.ThreadCount / seconds / 1e9);
        }

        return best;
    }

    private struct Body : IParallelBody
    {
        public int Width;

        // Read by nobody, written so that the loops are not dead.
        private float _sink;

        public void Invoke(int part, int partCount) => _sink = Width switch
        {
            16 => Run512(),
            8 => Run256(),
            4 => Run128(),
            _ => RunScalar(),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512()
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Avx512F.FusedMultiplyAdd(a, x, y);
            b = Avx512F.FusedMultiplyAdd(b, x, y);
            c = Avx512F.FusedMultiplyAdd(c, x, y);
            d = Avx512F.FusedMultiplyAdd(d, x, y);
            e = Avx512F.FusedMultiplyAdd(e, x, y);
            f = Avx512F.FusedMultiplyAdd(f, x, y);
            g = Avx512F.FusedMultiplyAdd(g, x, y);
            h = Avx512F.FusedMultiplyAdd(h, x, y);
            i = Avx512F.FusedMultiplyAdd(i, x, y);
            j = Avx512F.FusedMultiplyAdd(j, x, y);
            k = Avx512F.FusedMultiplyAdd(k, x, y);
            l = Avx512F.FusedMultiplyAdd(l, x, y);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256()
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Fma.MultiplyAdd(a, x, y);
            b = Fma.MultiplyAdd(b, x, y);
            c = Fma.MultiplyAdd(c, x, y);
            d = Fma.MultiplyAdd(d, x, y);
            e = Fma.MultiplyAdd(e, x, y);
            f = Fma.MultiplyAdd(f, x, y);
            g = Fma.MultiplyAdd(g, x, y);
            h = Fma.MultiplyAdd(h, x, y);
            i = Fma.MultiplyAdd(i, x, y);
            j = Fma.MultiplyAdd(j, x, y);
            k = Fma.MultiplyAdd(k, x, y);
            l = Fma.MultiplyAdd(l, x, y);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run128()
    {
        Vector128<float> x = Vector128.Create(0.999f), y = Vector128.Create(0.001f);
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector128.FusedMultiplyAdd(a, x, y);
            b = Vector128.FusedMultiplyAdd(b, x, y);
            c = Vector128.FusedMultiplyAdd(c, x, y);
            d = Vector128.FusedMultiplyAdd(d, x, y);
            e = Vector128.FusedMultiplyAdd(e, x, y);
            f = Vector128.FusedMultiplyAdd(f, x, y);
            g = Vector128.FusedMultiplyAdd(g, x, y);
            h = Vector128.FusedMultiplyAdd(h, x, y);
            i = Vector128.FusedMultiplyAdd(i, x, y);
            j = Vector128.FusedMultiplyAdd(j, x, y);
            k = Vector128.FusedMultiplyAdd(k, x, y);
            l = Vector128.FusedMultiplyAdd(l, x, y);
        }

        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float RunScalar()
    {
        const float X = 0.999f, Y = 0.001f;
        float a = X, b = X, c = X, d = X, e = X, f = X, g = X, h = X, i = X, j = X, k = X, l = X;
        for (int round = 0; round < Rounds; round++)
        {
            a = MathF.FusedMultiplyAdd(a, X, Y);
            b = MathF.FusedMultiplyAdd(b, X, Y);
            c = MathF.FusedMultiplyAdd(c, X, Y);
            d = MathF.FusedMultiplyAdd(d, X, Y);
            e = MathF.FusedMultiplyAdd(e, X, Y);
            f = MathF.FusedMultiplyAdd(f, X, Y);
            g = MathF.FusedMultiplyAdd(g, X, Y);
            h = MathF.FusedMultiplyAdd(h, X, Y);
            i = MathF.FusedMultiplyAdd(i, X, Y);
            j = MathF.FusedMultiplyAdd(j, X, Y);
            k = MathF.FusedMultiplyAdd(k, X, Y);
            l = MathF.FusedMultiplyAdd(l, X, Y);
        }

        return a + b + c + d + e + f + g + h + i + j + k + l;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Benchmarks;

/// <summary>
/// Measures products of 8-bit matrices on one thread: billions of operations a second, their share of what 256-bit VPDPBUSD reaches on registers, measured around
/// each product, and the time of a MatMulInteger of ONNX Runtime beside it.
/// </summary>
internal static class IntegerReport
{
    private static readonly (int M, int K, int N)[] Products = [(512, 512, 512), (1024, 1024, 1024), (128, 784, 512), (128, 512, 10), (1, 784, 512)];

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine("kernel             M    K    N        us     Gop/s  of VPDPBUSD peak");
        foreach ((int m, int k, int n) in Products)
        {
            byte[] a = new byte[m * k];
            byte[] b = new byte[k * n];
            var random = new Random(1);
            random.NextBytes(a);
            random.NextBytes(b);
            int[] c = new int[m * n];
            foreach (IntegerKernel kernel in IntegerKernel.Available.Where(kernel => kernel.Level > KernelLevel.Scalar))
            {
                var packed = new PackedIntegerMatrix(kernel, k, n, b, true);
                Line(output, kernel.Name, m, k, n, () => Multiply(kernel, packed, m, a, c));
            }

            using var options = new SessionOptions { IntraOpNumThreads = 1 };
            using var session = new InferenceSession(Model(m, k, n, b), options);
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(a, [m, k]);
            using OrtValue result = OrtValue.CreateTensorValueFromMemory(c, [m, n]);
            using var run = new RunOptions();
            Line(output, "ONNX Runtime", m, k, n, () => session.Run(run, ["a"], [input], ["c"], [result]));
        }
    }

    private static void Line(TextWriter output, string name, int m, int k, int n, Action action)
    {
        double before = Peak();
        double seconds = Timing.Measure(action);
        double peak = Math.Max(before, Peak());
        double rate = 2.0 * m * k * n / seconds / 1e9;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-15} {m,5}{k,5}{n,5} {seconds * 1e6,9:F2} {rate,9:F1} {(peak == 0 ? "-" : (rate / peak).ToString("P0", CultureInfo.InvariantCulture)),8}"));
    }

    private static unsafe void Multiply(IntegerKernel kernel, PackedIntegerMatrix packed, int m, byte[] a, int[] c)
    {
        fixed (int* sums = c)
        {
            var epilogue = new IntegerEpilogue { Sums = sums, Stride = packed.Columns };
            IntegerGemm.Multiply(kernel, m, packed.Columns, packed.Rows, new IntegerFactor(a, false, []), new IntegerFactor([], true, []), packed, ref epilogue, default, WorkerPool.Serial);
        }
    }

    private static byte[] Model(int m, int k, int n, byte[] b)
    {
        sbyte[] weights = new sbyte[b.Length];
        Buffer.BlockCopy(b, 0, weights, 0, b.Length);
        var graph = new OnnxGraph { Name = "product" };
        graph.Inputs.Add(new ValueInfo("a", ElementType.UInt8, new SymbolicShape([m, k])));
        graph.Outputs.Add(new ValueInfo("c", ElementType.Int32, new SymbolicShape([m, n])));
        graph.Initializers.Add("b", Numerics.Tensor.From(new Shape(k, n), weights));
        graph.Nodes.Add(new OnnxNode("product", new Onnx.Operators.MatMulInteger(), ["a", "b"], ["c"]));
        return new OnnxModel(graph).ToBytes();
    }

    // Billions of operations a second.
    private static double Peak()
    {
        const int Rounds = 20_000;
        return AvxVnni.IsSupported ? Rounds * 12 * 64 / Timing.Measure(() => Spin(Rounds)) / 1e9 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Vector256<int> Spin(int rounds)
    {
        Vector256<byte> x = Vector256<byte>.One;
        Vector256<sbyte> y = Vector256<sbyte>.One;
        Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default, s8 = default, s9 = default, s10 = default, s11 = default;
        for (int i = 0; i < rounds; i++)
        {
            s0 = AvxVnni.MultiplyWideningAndAdd(s0, x, y);
            s1 = AvxVnni.MultiplyWideningAndAdd(s1, x, y);
            s2 = AvxVnni.MultiplyWideningAndAdd(s2, x, y);
            s3 = AvxVnni.MultiplyWideningAndAdd(s3, x, y);
            s4 = AvxVnni.MultiplyWideningAndAdd(s4, x, y);
            s5 = AvxVnni.MultiplyWideningAndAdd(s5, x, y);
            s6 = AvxVnni.MultiplyWideningAndAdd(s6, x, y);
            s7 = AvxVnni.MultiplyWideningAndAdd(s7, x, y);
            s8 = AvxVnni.MultiplyWideningAndAdd(s8, x, y);
            s9 = AvxVnni.MultiplyWideningAndAdd(s9, x, y);
            s10 = AvxVnni.MultiplyWideningAndAdd(s10, x, y);
            s11 = AvxVnni.MultiplyWideningAndAdd(s11, x, y);
        }

        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
    }
}

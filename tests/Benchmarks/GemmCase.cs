using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>One matrix product with its operands: name, transpositions, and the sizes that performance figures quote as M x K x N.</summary>
internal sealed record GemmCase(string Name, bool TransposeA, bool TransposeB, int M, int K, int N, bool IsPacked = false)
{
    private readonly float[] _a = Values(1, M * K);
    private readonly float[] _b = Values(2, K * N);
    private readonly float[] _c = new float[M * N];
    private PackedMatrix? _packed;

    /// <summary>The products of a 784-512-10 network at batch 128, the square ones of the literature, and single rows.</summary>
    public static GemmCase[] All =>
    [
        new("forward 1", false, false, 128, 784, 512),
        new("forward 1, packed", false, false, 128, 784, 512, IsPacked: true),
        new("forward 2", false, false, 128, 512, 10),
        new("forward 2, packed", false, false, 128, 512, 10, IsPacked: true),
        new("dW 1 = Xt dY", true, false, 784, 128, 512),
        new("dW 2 = Xt dY", true, false, 512, 128, 10),
        new("dX 1 = dY Wt", false, true, 128, 512, 784),
        new("dX 2 = dY Wt", false, true, 128, 10, 512),
        new("batch x square", false, false, 128, 512, 512),
        new("square", false, false, 512, 512, 512),
        new("square", false, false, 1024, 1024, 1024),
        new("one row", false, false, 1, 784, 512),
        new("one row, packed", false, false, 1, 784, 512, IsPacked: true),
        new("four rows, packed", false, false, 4, 784, 512, IsPacked: true),
    ];

    /// <summary>Floating-point operations of one product.</summary>
    public double Operations => 2.0 * M * K * N;

    /// <summary>Computes the product once.</summary>
    public void Run(KernelSet set, WorkerPool workers)
    {
        if (IsPacked)
        {
            _packed ??= Gemm.Pack(set, TransposeB, N, K, _b, TransposeB ? K : N);
            Gemm.Multiply(M, _a, K, _packed, _c, N, [], ActivationKind.None, workers);
        }
        else
        {
            Gemm.Multiply(set, TransposeA, TransposeB, M, N, K, 1f, _a, TransposeA ? M : K, _b, TransposeB ? K : N, 0f, _c, N, [], ActivationKind.None, workers);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {M}x{K}x{N}";

    private static float[] Values(int seed, int count)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = (float)random.NextDouble() - 0.5f;
        }

        return values;
    }
}

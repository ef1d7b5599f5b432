using System.Runtime.InteropServices;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class GemmTests
{
    private const int Guard = 3;
    private const float GuardValue = 12345;

    private static readonly (int M, int N, int K)[] Sizes =
    [
        (1, 1, 1), (1, 1, 0), (2, 3, 1), (1, 10, 64), (1, 512, 33), (1, 50, 1100), (3, 17, 5), (4, 16, 7), (5, 31, 9), (6, 48, 3), (7, 49, 13),
        (8, 47, 11), (9, 33, 2), (13, 97, 29), (16, 64, 40), (17, 112, 65), (31, 5, 100), (65, 50, 20), (12, 24, 513), (9, 70, 1100), (250, 20, 6), (5, 800, 4),
        (128, 10, 1), (10, 1, 128), (131, 1, 10), (70, 1, 37), (56, 10, 128), (4, 8, 2), (9, 15, 20), (19, 40, 3),
    ];

    public static TheoryData<string, bool, bool> SetsAndTranspositions()
    {
        var data = new TheoryData<string, bool, bool>();
        foreach (KernelSet set in KernelSet.Available)
        {
            data.Add(set.Name, false, false);
            data.Add(set.Name, false, true);
            data.Add(set.Name, true, false);
            data.Add(set.Name, true, true);
        }

        return data;
    }

    public static TheoryData<string> Sets() => new(KernelSet.Available.Select(set => set.Name));

    [Theory]
    [MemberData(nameof(SetsAndTranspositions))]
    public void Products_match_a_float64_reference_within_the_summation_bound(string set, bool transposeA, bool transposeB)
    {
        foreach ((int m, int n, int k) in Sizes)
        {
            foreach ((float alpha, float beta) in new[] { (1f, 0f), (0.5f, 0f), (1f, 1f), (-2f, 0.25f) })
            {
                var problem = new Problem(m, n, k, transposeA, transposeB, alpha, beta, HasBias: n % 2 == 1, ActivationKind.None);
                float[] actual = problem.Run(Set(set), WorkerPool.Serial);
                problem.AssertCloseToReference(actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndTranspositions))]
    public void Every_set_gives_the_bits_of_the_scalar_oracle(string set, bool transposeA, bool transposeB)
    {
        foreach ((int m, int n, int k) in Sizes)
        {
            foreach ((float alpha, float beta) in new[] { (1f, 0f), (0.3f, 0f), (1f, 1f), (-2f, 0.7f) })
            {
                foreach (ActivationKind activation in new[] { ActivationKind.None, ActivationKind.Relu })
                {
                    var problem = new Problem(m, n, k, transposeA, transposeB, alpha, beta, HasBias: true, activation);
                    AssertSameBits(problem.Run(KernelSet.Available[^1], WorkerPool.Serial), problem.Run(Set(set), WorkerPool.Serial), problem.ToString());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_of_more_than_one_block_give_the_bits_of_the_scalar_oracle(string set)
    {
        var problem = new Problem(210, 41, 1000, false, false, 1, 0, HasBias: true, ActivationKind.Relu);
        AssertSameBits(problem.Run(KernelSet.Available[^1], WorkerPool.Serial), problem.Run(Set(set), WorkerPool.Serial), problem.ToString());
    }

    [Theory]
    [MemberData(nameof(SetsAndTranspositions))]
    public void The_number_of_threads_does_not_change_a_bit(string set, bool transposeA, bool transposeB)
    {
        using var two = new WorkerPool(2);
        using var three = new WorkerPool(3);
        using var seven = new WorkerPool(7);
        foreach ((int m, int n, int k) in new[] { (1, 2000, 600), (130, 101, 77), (33, 500, 129), (700, 10, 200), (8, 48, 2100), (100, 210, 1100), (1, 1000, 1029) })
        {
            var problem = new Problem(m, n, k, transposeA, transposeB, 1, 0, HasBias: true, ActivationKind.Relu);
            float[] expected = problem.Run(Set(set), WorkerPool.Serial);
            AssertSameBits(expected, problem.Run(Set(set), two), "2 threads");
            AssertSameBits(expected, problem.Run(Set(set), three), "3 threads");
            AssertSameBits(expected, problem.Run(Set(set), seven), "7 threads");
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_packed_matrix_gives_the_bits_of_the_unpacked_one(string set)
    {
        using var two = new WorkerPool(2);
        foreach ((int m, int n, int k) in Sizes)
        {
            foreach (bool transposeB in new[] { false, true })
            {
                var problem = new Problem(m, n, k, false, transposeB, 1, 0, HasBias: n % 3 != 0, ActivationKind.Relu);
                float[] expected = problem.Run(Set(set), WorkerPool.Serial);
                AssertSameBits(expected, problem.RunPacked(Set(set), WorkerPool.Serial), problem.ToString());
                AssertSameBits(expected, problem.RunPacked(Set(set), two), problem.ToString());
            }
        }
    }

    [Theory]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Tanh)]
    [InlineData(ActivationKind.Relu)]
    public void A_fused_activation_gives_the_bits_of_a_separate_pass(ActivationKind activation)
    {
        foreach ((int m, int n, int k) in Sizes)
        {
            float[] fused = new Problem(m, n, k, false, false, 1, 0, HasBias: true, activation).Run(KernelSet.Current, WorkerPool.Serial);
            var unfused = new Problem(m, n, k, false, false, 1, 0, HasBias: true, ActivationKind.None);
            float[] expected = unfused.Run(KernelSet.Current, WorkerPool.Serial);
            float[] dense = new float[m * n];
            for (int row = 0; row < m; row++)
            {
                expected.AsSpan(row * unfused.Ldc, n).CopyTo(dense.AsSpan(row * n));
            }

            switch (activation)
            {
                case ActivationKind.Sigmoid:
                    ElementWise.Unary<Sigmoid, float>(default, dense, dense, WorkerPool.Serial);
                    break;
                case ActivationKind.Tanh:
                    ElementWise.Unary<HyperbolicTangent, float>(default, dense, dense, WorkerPool.Serial);
                    break;
                default:
                    ElementWise.Unary<Relu, float>(default, dense, dense, WorkerPool.Serial);
                    break;
            }

            for (int row = 0; row < m; row++)
            {
                dense.AsSpan(row * n, n).CopyTo(expected.AsSpan(row * unfused.Ldc));
            }

            AssertSameBits(expected, fused, unfused.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Beta_zero_does_not_read_c(string set)
    {
        float[] a = [1, 2], b = [3, 4], c = [float.NaN];
        Multiply(set, 1, 1, 2, 1, a, b, 0, c);
        Assert.Equal(11, c[0]);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void An_empty_sum_leaves_beta_c_plus_bias(string set)
    {
        float[] c = [1, 2, 3, 4];
        Gemm.Multiply(Set(set), false, false, 2, 2, 0, 1f, [], 0, [], 2, 2f, c, 2, [10, 20], ActivationKind.None, WorkerPool.Serial);
        Assert.Equal([12, 24, 16, 28], c);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Nan_and_infinity_propagate_past_zeros(string set)
    {
        foreach (int n in new[] { 1, 16, 48, 50 })
        {
            float[] a = [0, 1];
            float[] b = new float[2 * n];
            float[] c = new float[n];
            Array.Fill(b, 1);
            b[0] = float.PositiveInfinity;
            b[n - 1] = n == 1 ? float.PositiveInfinity : float.NaN;
            Multiply(set, 1, n, 2, 1, a, b, 0, c);
            Assert.True(float.IsNaN(c[0]));
            Assert.True(float.IsNaN(c[n - 1]));
            Assert.All(c.Skip(1).SkipLast(1), value => Assert.Equal(1, value));

            Array.Clear(b);
            Multiply(set, 1, n, 2, float.NaN, a, b, 0, c);
            Assert.All(c, value => Assert.True(float.IsNaN(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Relu_passes_nan_and_keeps_the_sign_of_zero(string set)
    {
        // alpha · 0 is -0 here: a bias of 0 makes it 0, and without one max(0, -0), by comparison, is -0.
        float[] c = new float[20];
        float[] bias = new float[20];
        bias[0] = float.NaN;
        bias[1] = -3;
        bias[2] = 3;
        Gemm.Multiply(Set(set), false, false, 1, 20, 1, -1f, [0f], 1, new float[20], 20, 0f, c, 20, bias, ActivationKind.Relu, WorkerPool.Serial);
        Assert.True(float.IsNaN(c[0]));
        Assert.Equal([0f, 3f], c[1..3]);

        Gemm.Multiply(Set(set), false, false, 1, 20, 1, -1f, [0f], 1, new float[20], 20, 0f, c, 20, [], ActivationKind.Relu, WorkerPool.Serial);
        Assert.All(c, value => Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(value)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Float64_products_match_a_naive_sum(bool transposeA, bool transposeB)
    {
        const int M = 13, N = 11, K = 700;
        double[] a = [.. Values(1, M * K).Select(value => (double)value)];
        double[] b = [.. Values(2, K * N).Select(value => (double)value)];
        double[] c = [.. Values(3, M * N).Select(value => (double)value)];
        double[] before = [.. c];
        Gemm.Multiply(transposeA, transposeB, M, N, K, 1.5, a, transposeA ? M : K, b, transposeB ? K : N, -0.5, c, N, [], ActivationKind.Tanh, WorkerPool.Shared);
        for (int i = 0; i < M; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double sum = 0;
                for (int p = 0; p < K; p++)
                {
                    sum += a[transposeA ? (p * M) + i : (i * K) + p] * b[transposeB ? (j * K) + p : (p * N) + j];
                }

                Assert.Equal(Math.Tanh((1.5 * sum) - (0.5 * before[(i * N) + j])), c[(i * N) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void A_product_allocates_nothing_after_the_first_of_its_size()
    {
        using var pool = new WorkerPool(2);
        float[] a = Values(1, 128 * 300), b = Values(2, 300 * 100), c = new float[128 * 100], bias = Values(3, 100);
        PackedMatrix packed = Gemm.Pack(true, 100, 300, b, 300);
        TestAllocations.AssertNone(() =>
        {
            Gemm.Multiply(false, true, 128, 100, 300, 1f, a, 300, b, 300, 0f, c, 100, bias, ActivationKind.Sigmoid, pool);
            Gemm.Multiply(128, a, 300, packed, c, 100, bias, ActivationKind.Relu, pool);
        });
    }

    [Fact]
    public void Empty_results_are_left_alone()
    {
        Gemm.Multiply<float>(false, false, 0, 5, 3, 1, [], 3, new float[15], 5, 0, [], 5, [], ActivationKind.None, WorkerPool.Serial);
        Gemm.Multiply<float>(false, false, 5, 0, 3, 1, new float[15], 3, [], 0, 0, [], 0, [], ActivationKind.None, WorkerPool.Serial);
        PackedMatrix empty = Gemm.Pack(false, 0, 4, [], 0);
        Gemm.Multiply(2, new float[8], 4, empty, [], 0, [], ActivationKind.None, WorkerPool.Serial);
        Assert.Equal(0, empty.Columns);
    }

    [Theory]
    [InlineData(5, 6, 6, 0, "A")]
    [InlineData(6, 5, 6, 0, "B")]
    [InlineData(6, 6, 3, 0, "C")]
    [InlineData(6, 6, 6, 1, "bias")]
    public void A_span_that_is_too_short_is_refused_by_name(int a, int b, int c, int bias, string name)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(false, false, 2, 2, 3, 1f, new float[a], 3, new float[b], 2, 0f, new float[c], 2, new float[bias], ActivationKind.None, WorkerPool.Serial));
        Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_distance_below_the_width_and_negative_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(false, false, 2, 2, 3, 1f, new float[9], 2, new float[9], 2, 0f, new float[9], 2, [], ActivationKind.None, WorkerPool.Serial));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Multiply(false, false, -1, 2, 3, 1f, new float[9], 3, new float[9], 2, 0f, new float[9], 2, [], ActivationKind.None, WorkerPool.Serial));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Pack(false, 2, -3, new float[9], 2));
    }

    private static KernelSet Set(string name) => KernelSet.Available.Single(set => set.Name == name);

    private static void Multiply(string set, int m, int n, int k, float alpha, float[] a, float[] b, float beta, float[] c) =>
        Gemm.Multiply(Set(set), false, false, m, n, k, alpha, a, k, b, n, beta, c, n, [], ActivationKind.None, WorkerPool.Serial);

    private static float[] Values(int seed, int count)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = (float)((random.NextDouble() * 2) - 1);
        }

        return values;
    }

    private static void AssertSameBits(float[] expected, float[] actual, string what)
    {
        if (!MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(actual.AsSpan())))
        {
            int at = expected.AsSpan().CommonPrefixLength(actual);
            Assert.Fail($"{what}: element {at} is {actual[at]:R}, expected {expected[at]:R}");
        }
    }

    /// <summary>Random operands whose stored rows are wider than their matrices, at odd addresses; what lies between C's rows must survive.</summary>
    private sealed record Problem(int M, int N, int K, bool TransposeA, bool TransposeB, float Alpha, float Beta, bool HasBias, ActivationKind Activation)
    {
        private readonly float[] _a = Values(1, 1 + ((TransposeA ? K : M) * ((TransposeA ? M : K) + Guard)));
        private readonly float[] _b = Values(2, 1 + ((TransposeB ? N : K) * ((TransposeB ? K : N) + 1)));
        private readonly float[] _c = Values(3, M * N);
        private readonly float[] _bias = HasBias ? Values(4, N) : [];

        public int Ldc => N + Guard;

        private int Lda => (TransposeA ? M : K) + Guard;

        private int Ldb => (TransposeB ? K : N) + 1;

        public float[] Run(KernelSet set, WorkerPool workers)
        {
            float[] c = MakeC();
            Gemm.Multiply(set, TransposeA, TransposeB, M, N, K, Alpha, _a.AsSpan(1), Lda, _b.AsSpan(1), Ldb, Beta, c, Ldc, _bias, Activation, workers);
            return c;
        }

        public float[] RunPacked(KernelSet set, WorkerPool workers)
        {
            float[] c = MakeC();
            PackedMatrix packed = Gemm.Pack(set, TransposeB, N, K, _b.AsSpan(1), Ldb);
            Gemm.Multiply(M, _a.AsSpan(1), Lda, packed, c, Ldc, _bias, Activation, workers);
            return c;
        }

        public void AssertCloseToReference(float[] actual)
        {
            for (int i = 0; i < M; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    double sum = 0;
                    double magnitude = 0;
                    for (int p = 0; p < K; p++)
                    {
                        double term = (double)_a[1 + (TransposeA ? (p * Lda) + i : (i * Lda) + p)] * _b[1 + (TransposeB ? (j * Ldb) + p : (p * Ldb) + j)];
                        sum += term;
                        magnitude += Math.Abs(term);
                    }

                    double old = Beta == 0 ? 0 : Beta * _c[(i * N) + j];
                    double bias = HasBias ? _bias[j] : 0;
                    double expected = (Alpha * sum) + old + bias;
                    double bound = (K + 4) * 6e-8 * ((Math.Abs(Alpha) * magnitude) + Math.Abs(old) + Math.Abs(bias));
                    double error = Math.Abs(expected - actual[(i * Ldc) + j]);
                    Assert.True(error <= bound, $"{this}: [{i},{j}] is {actual[(i * Ldc) + j]:R}, expected {expected:R}");
                }

                for (int j = N; j < Ldc; j++)
                {
                    Assert.Equal(GuardValue, actual[(i * Ldc) + j]);
                }
            }
        }

        private float[] MakeC()
        {
            float[] c = new float[M * Ldc];
            Array.Fill(c, GuardValue);
            for (int row = 0; row < M; row++)
            {
                Span<float> target = c.AsSpan(row * Ldc, N);
                if (Beta == 0)
                {
                    target.Fill(float.NaN);
                }
                else
                {
                    _c.AsSpan(row * N, N).CopyTo(target);
                }
            }

            return c;
        }
    }
}

using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class ElementWiseTests
{
    public static TheoryData<int> Threads => [1, 2, 3];

    [Fact]
    public void Every_set_computes_the_same_bits_at_every_length()
    {
        foreach (KernelLevel level in KernelLevels.Available)
        {
            for (int length = 0; length <= 67; length++)
            {
                foreach (bool accumulate in new[] { false, true })
                {
                    float[] x = TestFloats.Mixed(length, 1);
                    float[] y = TestFloats.Mixed(length + 1, 2)[1..];
                    float[] dy = TestFloats.Finite(length, 3);
                    string what = $"{level}, length {length}, accumulate {accumulate}";
                    AssertSame(length, what, level, (px, py, pdy, pz, l) => KernelLevels.Run(new UnaryBody<Sigmoid>(default, px, pz, accumulate), length, l), x, y, dy);
                    AssertSame(length, what, level, (px, py, pdy, pz, l) => KernelLevels.Run(new BinaryBody<Divide>(default, px, py, pz, accumulate), length, l), x, y, dy);
                    AssertSame(length, what, level, (px, py, pdy, pz, l) => KernelLevels.Run(new UnaryBackwardBody<HyperbolicTangent>(default, px, py, pdy, pz, accumulate), length, l), x, y, dy);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Large_arrays_give_the_same_bits_on_any_number_of_threads(int threads)
    {
        const int Length = 200_003;
        using var workers = new WorkerPool(threads);
        float[] x = TestFloats.Mixed(Length, 1);
        float[] y = TestFloats.Mixed(Length, 2);
        var expected = new float[Length];
        var actual = new float[Length];

        ElementWise.Unary<HyperbolicTangent, float>(default, x, expected, WorkerPool.Serial);
        ElementWise.Unary<HyperbolicTangent, float>(default, x, actual, workers);
        TestFloats.AssertSameBits(expected, actual, "Unary");

        ElementWise.Binary<Multiply, float>(default, x, y, expected, WorkerPool.Serial, accumulate: true);
        ElementWise.Binary<Multiply, float>(default, x, y, actual, workers, accumulate: true);
        TestFloats.AssertSameBits(expected, actual, "Binary");

        ElementWise.UnaryBackward<Sigmoid, float>(default, x, x, y, expected, WorkerPool.Serial);
        ElementWise.UnaryBackward<Sigmoid, float>(default, x, x, y, actual, workers);
        TestFloats.AssertSameBits(expected, actual, "UnaryBackward");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 10)]
    [InlineData(128, 48)]
    [InlineData(131, 67)]
    [InlineData(300, 33)]
    public void A_bias_gradient_in_the_pass_of_the_activation_has_the_bits_of_a_pass_of_its_own(int rows, int columns)
    {
        int length = rows * columns;
        float[] y = TestFloats.Finite(length, 1);
        float[] dy = TestFloats.Finite(length, 2);
        foreach (bool accumulate in new[] { false, true })
        {
            float[] expected = TestFloats.Finite(columns, 3);
            var derived = new float[length];
            ElementWise.UnaryBackward<Sigmoid, float>(default, y, y, dy, derived, WorkerPool.Serial);
            Reduction.SumRows<float>(derived, expected, rows, columns, WorkerPool.Serial, accumulate);
            foreach (KernelLevel level in KernelLevels.Available)
            {
                float[] sums = TestFloats.Finite(columns, 3);
                float[] dx = [.. dy];
                fixed (float* py = y, pdx = dx, ps = sums)
                {
                    KernelLevels.Run(new BiasGradientBody<Sigmoid>(default, py, pdx, pdx, ps, rows, columns, accumulate), columns, level);
                }

                TestFloats.AssertSameBits(derived, dx, $"{level}, dx");
                TestFloats.AssertSameBits(expected, sums, $"{level}, sums, accumulate {accumulate}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void A_large_bias_gradient_has_the_same_bits_on_any_number_of_threads_and_allocates_nothing(int threads)
    {
        const int Rows = 200, Columns = 1003;
        using var workers = new WorkerPool(threads);
        float[] y = TestFloats.Finite(Rows * Columns, 1);
        float[] dy = TestFloats.Finite(Rows * Columns, 2);
        float[] expected = new float[Rows * Columns], expectedSums = new float[Columns], actual = new float[Rows * Columns], sums = new float[Columns];
        ElementWise.UnaryBackwardWithRowSums<Relu, float>(default, y, dy, expected, expectedSums, Rows, Columns, WorkerPool.Serial);
        ElementWise.UnaryBackwardWithRowSums<Relu, float>(default, y, dy, actual, sums, Rows, Columns, workers);
        Assert.Equal(expected, actual);
        Assert.Equal(expectedSums, sums);
        TestAllocations.AssertNone(() => ElementWise.UnaryBackwardWithRowSums<Relu, float>(default, y, dy, actual, sums, Rows, Columns, workers));
    }

    [Fact]
    public void Operations_compute_their_formulas()
    {
        float[] x = [-2, -0.5f, 0, 0.5f, 2, 3];
        float[] y = [4, 2, -1, 8, 0.5f, 3];
        Assert.Equal([2, 1.5f, -1, 8.5f, 2.5f, 6], Binary<Add>(x, y));
        Assert.Equal([-6, -2.5f, 1, -7.5f, 1.5f, 0], Binary<Subtract>(x, y));
        Assert.Equal([-8, -1, 0, 4, 1, 9], Binary<Multiply>(x, y));
        Assert.Equal([-0.5f, -0.25f, 0, 0.0625f, 4, 1], Binary<Divide>(x, y));
        Assert.Equal([4, 2, 0, 8, 2, 3], Binary<Maximum>(x, y));
        Assert.Equal([-2, -0.5f, -1, 0.5f, 0.5f, 3], Binary<Minimum>(x, y));
        Assert.Equal([0, 0, 0, 0.5f, 2, 3], Unary<Relu>(x));
        Assert.Equal([0, 0, 0, 1, 1, 1], Unary<Step>(x));
        Assert.Equal(x.Select(v => MathF.Tanh(v)), Unary<HyperbolicTangent>(x), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(x.Select(v => 1 / (1 + MathF.Exp(-v))), Unary<Sigmoid>(x), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Relu_lets_a_NaN_pass() => Assert.True(float.IsNaN(Unary<Relu>([float.NaN])[0]));

    [Fact]
    public void Derivatives_equal_central_differences_in_float64()
    {
        AssertDerivative<Sigmoid>();
        AssertDerivative<HyperbolicTangent>();
        AssertDerivative<Relu>();
    }

    [Fact]
    public void Memory_may_be_shared_in_place()
    {
        float[] x = [-1, 2, -3, 4];
        ElementWise.Unary<Relu, float>(default, x, x, WorkerPool.Serial);
        Assert.Equal([0, 2, 0, 4], x);
        ElementWise.Binary<Add, float>(default, x, x, x, WorkerPool.Serial);
        Assert.Equal([0, 4, 0, 8], x);
    }

    [Fact]
    public void Lengths_are_checked_and_named()
    {
        var exception = Assert.Throws<ArgumentException>("y", () => ElementWise.Unary<Relu, float>(default, new float[3], new float[2], WorkerPool.Serial));
        Assert.Contains("expected 3 elements, got 2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("z", () => ElementWise.Binary<Add, float>(default, new float[3], new float[3], new float[2], WorkerPool.Serial));
        Assert.Throws<ArgumentException>("dx", () => ElementWise.UnaryBackward<Relu, float>(default, new float[3], new float[3], new float[3], new float[4], WorkerPool.Serial));
    }

    [Fact]
    public void Other_element_types_are_refused() =>
        Assert.Throws<NotSupportedException>(() => ElementWise.Unary<Relu, Half>(default, new Half[1], new Half[1], WorkerPool.Serial));

    [Theory]
    [MemberData(nameof(Threads))]
    public void Nothing_is_allocated(int threads)
    {
        using var workers = new WorkerPool(threads);
        var x = new float[100_000];
        Shape matrix = [1000, 100];
        Shape row = [100];
        Shape column = [1000, 1];
        TestAllocations.AssertNone(() =>
        {
            ElementWise.Unary<Relu, float>(default, x, x, workers);
            ElementWise.Binary<Add, float>(default, x, x, x, workers);
            ElementWise.UnaryBackward<Relu, float>(default, x, x, x, x, workers);
            ElementWise.BinaryBroadcast<Add, float>(default, x, matrix, x.AsSpan(0, 100), row, x, matrix, workers);
            ElementWise.BinaryBroadcast<Add, float>(default, x, matrix, x.AsSpan(0, 1000), column, x, matrix, workers);
        });
    }

    private static float[] Unary<TOperation>(float[] x)
        where TOperation : struct, IUnaryOperation
    {
        var y = new float[x.Length];
        ElementWise.Unary<TOperation, float>(default, x, y, WorkerPool.Serial);
        return y;
    }

    private static float[] Binary<TOperation>(float[] x, float[] y)
        where TOperation : struct, IBinaryOperation
    {
        var z = new float[x.Length];
        ElementWise.Binary<TOperation, float>(default, x, y, z, WorkerPool.Serial);
        return z;
    }

    private static void AssertDerivative<TOperation>()
        where TOperation : struct, IDifferentiableOperation
    {
        const double Step = 1e-5;
        TOperation f = default;
        foreach (double x in new[] { -3, -0.7, -0.1, 0.2, 1, 2.5 })
        {
            double numeric = (f.Invoke(new F64x1(x + Step)).Value - f.Invoke(new F64x1(x - Step)).Value) / (2 * Step);
            double analytic = f.Backward(new F64x1(x), f.Invoke(new F64x1(x)), new F64x1(1.5)).Value;
            Assert.Equal(1.5 * numeric, analytic, 1e-8);
        }
    }

    private static void AssertSame(int length, string what, KernelLevel level, Loop loop, float[] x, float[] y, float[] dy)
    {
        // One element beyond shows a write past the end.
        float[] expected = TestFloats.Finite(length + 1, 4);
        float[] actual = TestFloats.Finite(length + 1, 4);
        float guard = actual[length];
        fixed (float* px = x, py = y, pdy = dy, pe = expected, pa = actual)
        {
            loop(px, py, pdy, pe, KernelLevel.Scalar);
            loop(px, py, pdy, pa, level);
        }

        TestFloats.AssertSameBits(expected, actual, what);
        Assert.Equal(guard, actual[length]);
    }

    private delegate void Loop(float* x, float* y, float* dy, float* z, KernelLevel level);
}

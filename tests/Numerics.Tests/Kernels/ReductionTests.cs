using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class ReductionTests
{
    [Fact]
    public void Sums_and_dots_have_the_same_bits_on_every_set()
    {
        for (int length = 0; length < 140; length++)
        {
            float[] x = TestFloats.Finite(length, 1, 100);
            float[] y = TestFloats.Finite(length, 2, 100);
            fixed (float* px = x, py = y)
            {
                float sum = OrderedSum.Compute<ElementTerms<float>, F32x1, float>(new(px), length);
                float dot = OrderedSum.Compute<ProductTerms<float>, F32x1, float>(new(px, py), length);
                Assert.Equal(x.Sum(v => (double)v), sum, 1e-3);
                Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), dot, 0.1);
                foreach (KernelLevel level in KernelLevels.Available)
                {
                    Assert.Equal((sum, dot), level switch
                    {
                        KernelLevel.Avx512 => Both<F32x16>(px, py, length),
                        KernelLevel.Avx2 => Both<F32x8>(px, py, length),
                        KernelLevel.Vector128 => Both<F32x4>(px, py, length),
                        _ => Both<F32x1>(px, py, length),
                    });
                }
            }
        }
    }

    [Fact]
    public void Sum_of_nothing_is_0() => Assert.Equal(0, Reduction.Sum<float>([]));

    [Fact]
    public void A_long_sum_stays_precise()
    {
        float[] x = new float[1 << 20];
        Array.Fill(x, 0.1f);
        Assert.Equal(0.1f * (double)x.Length, Reduction.Sum<float>(x), 0.1);
        Assert.Equal(0.1f * (double)0.1f * x.Length, Reduction.Dot<float>(x, x), 0.01);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 10)]
    [InlineData(128, 10)]
    [InlineData(300, 67)]
    [InlineData(7, 64)]
    [InlineData(2, 1000)]
    public void SumRows_has_the_same_bits_on_every_set(int rows, int columns)
    {
        float[] x = TestFloats.Finite(rows * columns, 1);
        foreach (bool accumulate in new[] { false, true })
        {
            float[] expected = Run(KernelLevel.Scalar);
            for (int c = 0; c < columns; c++)
            {
                double exact = accumulate ? 1 : 0;
                for (int r = 0; r < rows; r++)
                {
                    exact += x[(r * columns) + c];
                }

                Assert.Equal(exact, expected[c], 1e-4);
            }

            foreach (KernelLevel level in KernelLevels.Available)
            {
                TestFloats.AssertSameBits(expected, Run(level), $"{level}");
            }

            float[] Run(KernelLevel level)
            {
                var y = new float[columns];
                Array.Fill(y, 1);
                fixed (float* px = x, py = y)
                {
                    KernelLevels.Run(new SumRowsBody(px, py, rows, columns, accumulate), columns, level);
                }

                return y;
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SumRows_has_the_same_bits_on_any_number_of_threads_and_allocates_nothing(int threads)
    {
        const int Rows = 500;
        const int Columns = 333;
        using var workers = new WorkerPool(threads);
        float[] x = TestFloats.Finite(Rows * Columns, 1);
        var serial = new float[Columns];
        var parallel = new float[Columns];
        Reduction.SumRows<float>(x, serial, Rows, Columns, WorkerPool.Serial);
        Reduction.SumRows<float>(x, parallel, Rows, Columns, workers);
        Assert.Equal(serial, parallel);
        TestAllocations.AssertNone(() =>
        {
            Reduction.SumRows<float>(x, parallel, Rows, Columns, workers);
            _ = Reduction.Sum<float>(x) + Reduction.Dot<float>(x, x);
        });
    }

    [Fact]
    public void ArgMax_takes_the_first_of_equals_and_a_NaN_before_all()
    {
        var indices = new int[4];
        float[] x =
        [
            1, 3, 3, 2,
            -5, -4, -6, float.NegativeInfinity,
            1, float.NaN, 9, float.NaN,
            7, 7, 7, 7,
        ];
        Reduction.ArgMax<float>(x, indices, 4, 4);
        Assert.Equal([1, 1, 1, 0], indices);
    }

    [Fact]
    public void ArgMax_of_empty_rows_is_refused() =>
        Assert.Throws<ArgumentException>("columns", () => Reduction.ArgMax<float>([], new int[2], 2, 0));

    [Fact]
    public void Lengths_are_checked()
    {
        Assert.Throws<ArgumentException>("y", () => Reduction.Dot<float>(new float[2], new float[3]));
        Assert.Throws<ArgumentException>("x", () => Reduction.SumRows<float>(new float[5], new float[2], 2, 2, WorkerPool.Serial));
        Assert.Throws<ArgumentException>("y", () => Reduction.SumRows<float>(new float[4], new float[3], 2, 2, WorkerPool.Serial));
        Assert.Throws<ArgumentException>("indices", () => Reduction.ArgMax<float>(new float[4], new int[1], 2, 2));
    }

    private static (float Sum, float Dot) Both<TLanes>(float* x, float* y, int length)
        where TLanes : struct, ILanes<TLanes, float> =>
        (OrderedSum.Compute<ElementTerms<float>, TLanes, float>(new(x), length), OrderedSum.Compute<ProductTerms<float>, TLanes, float>(new(x, y), length));
}

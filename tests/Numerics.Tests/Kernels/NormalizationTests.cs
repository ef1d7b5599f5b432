using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class NormalizationTests
{
    private const double Epsilon = 1e-3;

    public static TheoryData<int, int, int> Sizes => new() { { 5, 3, 7 }, { 130, 37, 1 }, { 2, 2, 2100 }, { 1, 1, 2 }, { 3, 17, 16 }, { 37, 70, 49 }, { 9, 5, 196 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Batch_normalization_equals_its_definition(int batch, int channels, int spatial)
    {
        int length = batch * channels * spatial;
        double[] x = Doubles(length, 1);
        double[] scale = Doubles(channels, 2);
        double[] bias = Doubles(channels, 3);
        var y = new double[length];
        var again = new double[length];
        var mean = new double[channels];
        var variance = new double[channels];

        Normalization.BatchTraining(x, scale, bias, Epsilon, y, mean, variance, batch, channels, spatial, WorkerPool.Serial);
        Normalization.BatchInference(x, scale, bias, mean, variance, Epsilon, again, batch, channels, spatial, WorkerPool.Serial);

        Assert.Equal(y, again);
        for (int c = 0; c < channels; c++)
        {
            int[] places = [.. Enumerable.Range(0, length).Where(i => i / spatial % channels == c)];
            double average = places.Average(i => x[i]);
            double population = places.Average(i => (x[i] - average) * (x[i] - average));
            Assert.Equal(average, mean[c], 1e-12);
            Assert.Equal(population, variance[c], 1e-12);
            Assert.All(places, i => Assert.Equal(((x[i] - average) / Math.Sqrt(population + Epsilon) * scale[c]) + bias[c], y[i], 1e-10));
        }
    }

    [Theory]
    [InlineData(4, 3, 5, false)]
    [InlineData(6, 2, 1, false)]
    [InlineData(4, 3, 5, true)]
    [InlineData(6, 2, 1, true)]
    public void Batch_gradients_equal_central_differences(int batch, int channels, int spatial, bool isFixed)
    {
        int length = batch * channels * spatial;
        double[] x = Doubles(length, 1);
        double[] scale = Doubles(channels, 2);
        double[] bias = Doubles(channels, 3);
        double[] dy = Doubles(length, 4);
        double[] mean = Doubles(channels, 5);
        double[] variance = [.. Doubles(channels, 6).Select(v => 1 + (v * v))];
        _ = Loss();
        var dx = new double[length];
        var dscale = new double[channels];
        var dbias = new double[channels];
        Normalization.BatchBackward(x, scale, mean, variance, Epsilon, dy, dx, dscale, dbias, batch, channels, spatial, WorkerPool.Serial, hasFixedStatistics: isFixed);
        double[] twice = [.. dx];
        Normalization.BatchBackward(x, scale, mean, variance, Epsilon, dy, twice, dscale, dbias, batch, channels, spatial, WorkerPool.Serial, accumulate: true, hasFixedStatistics: isFixed);

        AssertGradient(x, dx);
        AssertGradient(scale, dscale);
        AssertGradient(bias, dbias);
        Assert.All(dx.Zip(twice), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-12));

        void AssertGradient(double[] values, double[] gradient)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double center = values[i];
                values[i] = center + 1e-5;
                double above = Loss();
                values[i] = center - 1e-5;
                double below = Loss();
                values[i] = center;
                Assert.Equal((above - below) / 2e-5, gradient[i], 1e-7);
            }
        }

        double Loss()
        {
            var y = new double[length];
            if (isFixed)
            {
                Normalization.BatchInference(x, scale, bias, mean, variance, Epsilon, y, batch, channels, spatial, WorkerPool.Serial);
            }
            else
            {
                Normalization.BatchTraining(x, scale, bias, Epsilon, y, mean, variance, batch, channels, spatial, WorkerPool.Serial);
            }

            return y.Zip(dy, (a, b) => a * b).Sum();
        }
    }

    [Theory]
    [InlineData(128, 3, 784, 0)]
    [InlineData(33, 5, 49, 0)]
    [InlineData(4, 2, 3000, 0)]
    [InlineData(64, 4, 100, 300)]
    public void Single_precision_statistics_are_near_those_of_double(int batch, int channels, int spatial, float distance)
    {
        // Far from 0, and every sample around a level of its own: sums of squares of the values themselves would be lost.
        float[] x = TestFloats.Finite(batch * channels * spatial, 1, 2);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += distance + (i / (channels * spatial) % 7);
        }

        double[] wide = [.. x.Select(v => (double)v)];
        float[] ones = [.. Enumerable.Repeat(1f, channels)];
        var y = new float[x.Length];
        (var mean, var variance) = (new float[channels], new float[channels]);

        Normalization.BatchTraining<float>(x, ones, new float[channels], 1e-3f, y, mean, variance, batch, channels, spatial, WorkerPool.Serial);

        for (int c = 0; c < channels; c++)
        {
            double[] values = [.. wide.Where((_, i) => i / spatial % channels == c)];
            double average = values.Average();
            double population = values.Average(v => (v - average) * (v - average));
            Assert.Equal(average, mean[c], 1e-6 * (1 + distance));
            Assert.Equal(1, variance[c] / population, 1e-5);
        }
    }

    [Theory]
    [InlineData(6, 5, 49)]
    [InlineData(40, 20, 1)]
    public void A_relu_in_the_same_pass_has_the_bits_of_one_behind(int batch, int channels, int spatial)
    {
        int length = batch * channels * spatial;
        float[] x = TestFloats.Finite(length, 1, 3);
        float[] dy = TestFloats.Finite(length, 2);
        float[] scale = TestFloats.Finite(channels, 3);
        float[] bias = TestFloats.Finite(channels, 4);
        float[] apart = Run(ActivationKind.None);
        float[] together = Run(ActivationKind.Relu);

        TestFloats.AssertSameBits(apart, together, "relu");

        float[] Run(ActivationKind activation)
        {
            var y = new float[length];
            float[] gradient = [.. dy];
            (var mean, var variance, var dscale, var dbias) = (new float[channels], new float[channels], new float[channels], new float[channels]);
            Normalization.BatchTraining<float>(x, scale, bias, 1e-3f, y, mean, variance, batch, channels, spatial, WorkerPool.Serial, activation);
            if (activation == ActivationKind.None)
            {
                ElementWise.Unary<Relu, float>(default, y, y, WorkerPool.Serial);
                ElementWise.UnaryBackward<Relu, float>(default, y, y, gradient, gradient, WorkerPool.Serial);
            }

            // The gradient by x over the one by y.
            Normalization.BatchBackward<float>(x, scale, mean, variance, 1e-3f, gradient, gradient, dscale, dbias, batch, channels, spatial, WorkerPool.Serial, activation: activation, bias: bias);
            return [.. y, .. gradient, .. dscale, .. dbias];
        }
    }

    [Theory]
    [InlineData(4, 6)]
    [InlineData(200, 3)]
    [InlineData(2, 1500)]
    public void Layer_normalization_equals_its_definition(int rows, int columns)
    {
        double[] x = Doubles(rows * columns, 1);
        double[] scale = Doubles(columns, 2);
        double[] bias = Doubles(columns, 3);
        var y = new double[x.Length];
        var withoutBias = new double[x.Length];
        var mean = new double[rows];
        var inverse = new double[rows];

        Normalization.LayerForward(x, scale, bias, Epsilon, y, mean, inverse, rows, columns, WorkerPool.Serial);
        Normalization.LayerForward(x, scale, [], Epsilon, withoutBias, [], [], rows, columns, WorkerPool.Serial);

        for (int r = 0; r < rows; r++)
        {
            double[] row = x[(r * columns)..((r + 1) * columns)];
            double average = row.Average();
            double factor = 1 / Math.Sqrt(row.Average(v => (v - average) * (v - average)) + Epsilon);
            Assert.Equal(average, mean[r], 1e-12);
            Assert.Equal(factor, inverse[r], 1e-10);
            for (int c = 0; c < columns; c++)
            {
                double expected = (row[c] - average) * factor * scale[c];
                Assert.Equal(expected, withoutBias[(r * columns) + c], 1e-10);
                Assert.Equal(expected + bias[c], y[(r * columns) + c], 1e-10);
            }
        }
    }

    [Fact]
    public void Layer_gradients_equal_central_differences()
    {
        const int Rows = 3;
        const int Columns = 5;
        double[] x = Doubles(Rows * Columns, 1);
        double[] scale = Doubles(Columns, 2);
        double[] bias = Doubles(Columns, 3);
        double[] dy = Doubles(Rows * Columns, 4);
        var mean = new double[Rows];
        var inverse = new double[Rows];
        var dx = new double[x.Length];
        var dscale = new double[Columns];
        var dbias = new double[Columns];
        _ = Loss();
        Normalization.LayerBackward(x, scale, mean, inverse, dy, dx, dscale, dbias, Rows, Columns, WorkerPool.Serial);

        foreach ((double[] values, double[] gradient) in new[] { (x, dx), (scale, dscale), (bias, dbias) })
        {
            for (int i = 0; i < values.Length; i++)
            {
                double center = values[i];
                values[i] = center + 1e-5;
                double above = Loss();
                values[i] = center - 1e-5;
                double below = Loss();
                values[i] = center;
                Assert.Equal((above - below) / 2e-5, gradient[i], 1e-7);
            }
        }

        double Loss()
        {
            var y = new double[x.Length];
            Normalization.LayerForward(x, scale, bias, Epsilon, y, mean, inverse, Rows, Columns, WorkerPool.Serial);
            return y.Zip(dy, (a, b) => a * b).Sum();
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_set_computes_the_same_bits(int batch, int channels, int spatial)
    {
        var shape = new BatchNormShape(batch, channels, spatial);
        int length = batch * channels * spatial;
        float[] x = TestFloats.Finite(length, 1, 30);
        float[] dy = TestFloats.Finite(length, 2);
        float[] scale = TestFloats.Finite(Math.Max(channels, spatial), 3);
        float[] bias = TestFloats.Finite(Math.Max(channels, spatial), 4);
        float[] expected = Run(KernelLevel.Scalar);
        foreach (KernelLevel level in KernelLevels.Available)
        {
            TestFloats.AssertSameBits(expected, Run(level), $"{level}");
        }

        float[] Run(KernelLevel level)
        {
            int rows = batch * channels;
            var y = new float[length];
            var dx = new float[length];
            var z = new float[length];
            var dz = new float[length];
            var statistics = new float[4 * channels];
            var ofRows = new float[2 * rows];
            var ofColumns = new float[2 * spatial];
            fixed (float* px = x, py = y, pdy = dy, pdx = dx, ps = scale, pb = bias, pt = statistics, pz = z, pdz = dz, pr = ofRows, pc = ofColumns)
            {
                Normalization.Forward(shape, ActivationKind.Relu, px, py, ps, pb, pt, pt + channels, Epsilon, true, level, WorkerPool.Serial);
                Normalization.Backward(default(Relu), shape, px, pdy, pdx, ps, pb, pt, pt + channels, pt + (2 * channels), pt + (3 * channels), Epsilon, false, false, level, WorkerPool.Serial);
                Normalization.Backward(default(NoOperation), shape, px, pdy, pdx, ps, null, pt, pt + channels, pt + (2 * channels), pt + (3 * channels), Epsilon, true, false, level, WorkerPool.Serial);
                KernelLevels.Run(new LayerNormBody(px, pz, ps, pb, pr, pr + rows, spatial, Epsilon), rows, level);
                KernelLevels.Run(new LayerNormBackwardBody(px, pdy, pdz, ps, pr, pr + rows, spatial, true), rows, level);
                KernelLevels.Run(new LayerNormParametersBody(px, pdy, pr, pr + rows, pc, pc + spatial, rows, spatial), spatial, level);
            }

            return [.. y, .. dx, .. z, .. dz, .. statistics, .. ofRows, .. ofColumns];
        }
    }

    [Theory]
    [InlineData(64, 49, 100)]
    [InlineData(500, 300, 1)]
    public void Any_number_of_threads_gives_the_same_bits_and_allocates_nothing(int batch, int channels, int spatial)
    {
        using var workers = new WorkerPool(3);
        int length = batch * channels * spatial;
        float[] x = TestFloats.Finite(length, 1);
        float[] dy = TestFloats.Finite(length, 2);
        float[] scale = TestFloats.Finite(channels, 3);
        float[] expected = new float[2 * length];
        float[] actual = new float[2 * length];
        var statistics = new float[4 * channels];

        Step(WorkerPool.Serial, expected);
        float[] serial = [.. statistics];
        Step(workers, actual);

        Assert.Equal(expected, actual);
        Assert.Equal(serial, statistics);
        TestAllocations.AssertNone(() => Step(workers, actual));

        void Step(WorkerPool pool, float[] results)
        {
            Span<float> mean = statistics.AsSpan(0, channels);
            Span<float> variance = statistics.AsSpan(channels, channels);
            Normalization.BatchTraining<float>(x, scale, scale, 1e-3f, results.AsSpan(0, length), mean, variance, batch, channels, spatial, pool);
            Normalization.BatchBackward<float>(x, scale, mean, variance, 1e-3f, dy, results.AsSpan(length), statistics.AsSpan(2 * channels, channels), statistics.AsSpan(3 * channels), batch, channels, spatial, pool);
        }
    }

    [Fact]
    public void Lengths_are_checked_and_named()
    {
        Assert.Throws<ArgumentException>("x", () => Normalization.BatchInference<float>(new float[5], new float[2], new float[2], new float[2], new float[2], 0, new float[5], 3, 2, 1, WorkerPool.Serial));
        Assert.Throws<ArgumentException>("scale", () => Normalization.LayerForward<float>(new float[6], new float[2], [], 0, new float[6], [], [], 2, 3, WorkerPool.Serial));
    }

    private static double[] Doubles(int count, int seed) => Array.ConvertAll(TestFloats.Finite(count, seed), v => (double)v);
}

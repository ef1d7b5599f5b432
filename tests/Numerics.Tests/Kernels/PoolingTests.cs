using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class PoolingTests
{
    /// <summary>Windows of every kind: sizes that divide and that do not, overlaps, gaps, pads, dilation, rounding up, one row.</summary>
    public static TheoryData<PoolingAxis, PoolingAxis> Windows => new()
    {
        { new(8, 2, 2), new(70, 2, 2) },
        { new(7, 2, 2), new(41, 2, 2) },
        { new(5, 2, 2), new(3, 2, 2) },
        { new(9, 3, 2), new(35, 3, 2) },
        { new(9, 3, 2, 1, 1), new(38, 3, 2, 1, 1) },
        { new(6, 3, 1, 1, 1), new(37, 3, 1, 1, 1) },
        { new(6, 2, 1, 0, 1), new(37, 2, 1, 0, 1) },
        { new(7, 2, 3), new(40, 3, 3) },
        { new(7, 2, 3, 0, 1), new(40, 5, 4, 2, 1) },
        { new(9, 2, 1, 0, 0, 3), new(36, 3, 2, 1, 2, 2) },
        { new(8, 3, 2, 0, 0, 1, true), new(10, 3, 3, 1, 1, 1, true) },
        { PoolingAxis.One, new(67, 3, 2) },
        { new(4, 4, 4), new(5, 5, 5) },
        { PoolingAxis.Same(5, 2, 2), PoolingAxis.Same(33, 3, 2) },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Forward_and_backward_equal_their_definitions(PoolingAxis vertical, PoolingAxis horizontal)
    {
        var geometry = new PoolingGeometry(3, vertical, horizontal);
        double[] x = Doubles(geometry.InputLength, 1);
        double[] dy = Doubles(geometry.OutputLength, 2);
        double[] max = new double[geometry.OutputLength];
        double[] mean = new double[geometry.OutputLength];
        double[] padded = new double[geometry.OutputLength];
        int[] indices = new int[geometry.OutputLength];
        double[] maxGradient = Doubles(geometry.InputLength, 3);
        double[] meanGradient = Doubles(geometry.InputLength, 4);
        (double[] startOfMax, double[] startOfMean) = ([.. maxGradient], [.. meanGradient]);

        Pooling.MaxForward<double>(x, max, indices, geometry, WorkerPool.Serial);
        Pooling.AverageForward<double>(x, mean, geometry, false, WorkerPool.Serial);
        Pooling.AverageForward<double>(x, padded, geometry, true, WorkerPool.Serial);
        Pooling.MaxBackward<double>(x, dy, maxGradient, geometry, WorkerPool.Serial, accumulate: true);
        Pooling.AverageBackward<double>(dy, meanGradient, geometry, false, WorkerPool.Serial, accumulate: true);

        for (int output = 0; output < geometry.OutputLength; output++)
        {
            (List<int> inside, int inPadding) = Elements(geometry, output);
            int plane = output / geometry.OutputPlaneLength * geometry.PlaneLength;
            int best = inside.OrderByDescending(i => x[i]).First();
            Assert.Equal(x[best], max[output]);
            Assert.Equal(best - plane, indices[output]);
            Assert.Equal(inside.Average(i => x[i]), mean[output], 1e-12);
            Assert.Equal(inside.Sum(i => x[i]) / (inside.Count + inPadding), padded[output], 1e-12);
            startOfMax[best] += dy[output];
            inside.ForEach(i => startOfMean[i] += dy[output] / inside.Count);
        }

        Assert.All(startOfMax.Zip(maxGradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(startOfMean.Zip(meanGradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Every_set_computes_the_same_bits(PoolingAxis vertical, PoolingAxis horizontal)
    {
        var geometry = new PoolingGeometry(2, vertical, horizontal);
        float[] x = TestFloats.Finite(geometry.InputLength, 1);

        // Equal neighbours, zeros of either sign and a NaN.
        for (int i = 0; i < x.Length; i += 3)
        {
            x[i] = i % 4 == 0 ? 0f : i % 4 == 1 ? -0f : x[Math.Max(i - 1, 0)];
        }

        x[^1] = float.NaN;
        float[] dy = TestFloats.Finite(geometry.OutputLength, 2);
        float[] expected = Run(KernelLevel.Scalar);
        foreach (KernelLevel level in KernelLevels.Available)
        {
            TestFloats.AssertSameBits(expected, Run(level), $"{level}");
        }

        float[] Run(KernelLevel level)
        {
            var max = new float[geometry.OutputLength];
            var mean = new float[geometry.OutputLength];
            var dMax = new float[geometry.InputLength + 1];
            var dMean = new float[geometry.InputLength + 1];
            int[] indices = new int[geometry.OutputLength];
            fixed (float* px = x, py = max, pm = mean, pdy = dy, pdx = dMax, pdm = dMean)
            {
                fixed (int* pi = indices)
                {
                    KernelLevels.Run(new MaxPoolBody(px, py, pi, geometry), geometry.Planes, level);
                    KernelLevels.Run(new MaxPoolBody(px, py, null, geometry), geometry.Planes, level);
                    KernelLevels.Run(new AveragePoolBody(px, pm, geometry, false), geometry.Planes, level);
                    KernelLevels.Run(new MaxPoolBackwardBody<NoOperation>(default, px, pdy, pdx, geometry, false), geometry.Planes, level);
                    KernelLevels.Run(new MaxPoolBackwardBody<Relu>(default, px, pdy, pdx, geometry, true), geometry.Planes, level);
                    KernelLevels.Run(new AveragePoolBackwardBody(pdy, pdm, geometry, false, false), geometry.Planes, level);
                    KernelLevels.Run(new AveragePoolBackwardBody(pdy, pdm, geometry, false, true), geometry.Planes, level);
                }
            }

            return [.. max, .. mean, .. dMax, .. dMean, .. indices.Select(i => (float)i)];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(5000)]
    public void Global_pooling_takes_whole_planes(int length)
    {
        float[] x = TestFloats.Finite(3 * length, length);
        var mean = new float[3];
        var max = new float[3];
        int[] indices = new int[3];
        var dMean = new float[x.Length];
        var dMax = new float[x.Length];
        float[] dy = [1, 2, 3];

        Pooling.GlobalAverage<float>(x, mean, 3, length, WorkerPool.Serial);
        Pooling.GlobalMax<float>(x, max, indices, 3, length, WorkerPool.Serial);
        Pooling.GlobalAverageBackward<float>(dy, dMean, 3, length, WorkerPool.Serial);
        Pooling.GlobalAverageBackward<float>(dy, dMean, 3, length, WorkerPool.Serial, accumulate: true);
        Pooling.GlobalMaxBackward<float>(x, dy, dMax, 3, length, WorkerPool.Serial);

        for (int plane = 0; plane < 3; plane++)
        {
            float[] elements = x[(plane * length)..((plane + 1) * length)];
            Assert.Equal(elements.Average(v => (double)v), mean[plane], 1e-6);
            Assert.Equal(elements.Max(), max[plane]);
            Assert.Equal(elements.Max(), elements[indices[plane]]);
            Assert.Equal(2f * dy[plane] / length, dMean[plane * length], 1e-5f);
            Assert.Equal(dy[plane], dMax[(plane * length) + indices[plane]]);
            Assert.Equal(dy[plane], dMax.Skip(plane * length).Take(length).Sum());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_number_of_threads_gives_the_same_bits_and_allocates_nothing(int threads)
    {
        using var workers = new WorkerPool(threads);
        var geometry = new PoolingGeometry(64, new PoolingAxis(32, 2, 2), new PoolingAxis(32, 2, 2));
        float[] x = TestFloats.Finite(geometry.InputLength, 1);
        float[] dy = TestFloats.Finite(geometry.OutputLength, 2);

        float[] expected = Run(WorkerPool.Serial);
        Assert.Equal(expected, Run(workers));
        var y = new float[geometry.OutputLength];
        var dx = new float[geometry.InputLength];
        TestAllocations.AssertNone(() =>
        {
            Pooling.MaxForward<float>(x, y, [], geometry, workers);
            Pooling.MaxBackward<float>(x, dy, dx, geometry, workers);
            Pooling.AverageForward<float>(x, y, geometry, false, workers);
            Pooling.AverageBackward<float>(dy, dx, geometry, false, workers);
            Pooling.GlobalAverage<float>(x, y.AsSpan(0, 64), 64, 1024, workers);
        });

        float[] Run(WorkerPool pool)
        {
            var max = new float[geometry.OutputLength];
            var mean = new float[geometry.OutputLength];
            var dMax = new float[geometry.InputLength];
            var dMean = new float[geometry.InputLength];
            Pooling.MaxForward<float>(x, max, [], geometry, pool);
            Pooling.MaxBackward<float>(x, dy, dMax, geometry, pool);
            Pooling.AverageForward<float>(x, mean, geometry, false, pool);
            Pooling.AverageBackward<float>(dy, dMean, geometry, false, pool);
            return [.. max, .. mean, .. dMax, .. dMean];
        }
    }

    [Theory]
    [InlineData(28, 2, 2, 0)]
    [InlineData(11, 2, 2, 0)]
    [InlineData(7, 2, 2, 0)]
    [InlineData(40, 2, 2, 0)]
    [InlineData(28, 3, 2, 1)]
    [InlineData(9, 3, 1, 1)]
    public void Parts_write_nothing_of_each_other(int size, int kernel, int stride, int pad)
    {
        // Rows that are written with whole registers end in the next row, never in the next part.
        var axis = new PoolingAxis(size, kernel, stride, pad, pad);
        var geometry = new PoolingGeometry(1000, axis, axis);
        float[] x = TestFloats.Finite(geometry.InputLength, 1);
        float[] dy = TestFloats.Finite(geometry.OutputLength, 2);
        float[] expected = Run(WorkerPool.Serial);
        foreach (int threads in (int[])[2, 3, 5])
        {
            using var workers = new WorkerPool(threads);
            TestFloats.AssertSameBits(expected, Run(workers), $"{threads} threads");
        }

        float[] Run(WorkerPool pool)
        {
            // A guard behind each array, which nothing may touch.
            var max = new float[geometry.OutputLength + 1];
            var mean = new float[geometry.OutputLength + 1];
            var dMax = new float[geometry.InputLength + 1];
            var dMean = new float[geometry.InputLength + 1];
            foreach (float[] array in (float[][])[max, mean, dMax, dMean])
            {
                Array.Fill(array, 77f);
            }

            Pooling.MaxForward<float>(x, max.AsSpan(..^1), [], geometry, pool);
            Pooling.AverageForward<float>(x, mean.AsSpan(..^1), geometry, false, pool);
            Pooling.MaxBackward<float>(x, dy, dMax.AsSpan(..^1), geometry, pool);
            Pooling.AverageBackward<float>(dy, dMean.AsSpan(..^1), geometry, false, pool);
            Assert.Equal([77f, 77f, 77f, 77f], [max[^1], mean[^1], dMax[^1], dMean[^1]]);
            return [.. max, .. mean, .. dMax, .. dMean];
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void The_derivative_of_a_relu_before_is_taken_along(PoolingAxis vertical, PoolingAxis horizontal)
    {
        var geometry = new PoolingGeometry(3, vertical, horizontal);
        float[] x = [.. TestFloats.Finite(geometry.InputLength, 1).Select(v => Math.Max(0f, v))];
        float[] dy = TestFloats.Finite(geometry.OutputLength, 2);
        var alone = new float[x.Length];
        var along = new float[x.Length];

        Pooling.MaxBackward<float>(x, dy, alone, geometry, WorkerPool.Serial);
        Pooling.MaxBackward<float>(x, dy, along, geometry, WorkerPool.Serial, ofRelu: true);

        ElementWise.UnaryBackward<Relu, float>(default, x, x, alone, alone, WorkerPool.Serial);
        TestFloats.AssertSameBits(alone, along, "relu");
    }

    [Fact]
    public void Same_padding_puts_the_odd_element_at_the_end()
    {
        Assert.Equal(new PoolingAxis(5, 2, 2, 0, 1), PoolingAxis.Same(5, 2, 2));
        Assert.Equal(new PoolingAxis(6, 3, 1, 1, 1), PoolingAxis.Same(6, 3, 1));
        Assert.Equal(3, PoolingAxis.Same(5, 2, 2).OutputSize);
    }

    [Fact]
    public void Windows_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PoolingGeometry(1, PoolingAxis.One, new(4, 0, 1)).Validate());
        Assert.Contains("does not fit into 4", Assert.Throws<ArgumentException>(() => new PoolingGeometry(1, PoolingAxis.One, new(4, 5, 1)).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("pads smaller", Assert.Throws<ArgumentException>(() => new PoolingGeometry(1, PoolingAxis.One, new(4, 2, 1, 2)).Validate()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("output", () => Pooling.MaxForward<float>(new float[8], new float[3], [], new PoolingGeometry(1, PoolingAxis.One, new(8, 2, 2)), WorkerPool.Serial));
    }

    private static (List<int> Inside, int InPadding) Elements(PoolingGeometry geometry, int output)
    {
        (PoolingAxis v, PoolingAxis h) = (geometry.Vertical, geometry.Horizontal);
        int plane = output / geometry.OutputPlaneLength;
        int row = output % geometry.OutputPlaneLength / h.OutputSize;
        int column = output % h.OutputSize;
        var inside = new List<int>();
        int inPadding = 0;
        for (int kh = 0; kh < v.Kernel; kh++)
        {
            for (int kw = 0; kw < h.Kernel; kw++)
            {
                int y = (row * v.Stride) - v.PadBegin + (kh * v.Dilation);
                int x = (column * h.Stride) - h.PadBegin + (kw * h.Dilation);
                if (y >= 0 && y < v.Size && x >= 0 && x < h.Size)
                {
                    inside.Add((plane * geometry.PlaneLength) + (y * h.Size) + x);
                }
                else if (y < v.Size + v.PadEnd && x < h.Size + h.PadEnd)
                {
                    inPadding++;
                }
            }
        }

        return (inside, inPadding);
    }

    private static double[] Doubles(int count, int seed) => Array.ConvertAll(TestFloats.Finite(count, seed), v => (double)v);
}

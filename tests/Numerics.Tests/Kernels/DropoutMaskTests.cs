using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class DropoutMaskTests
{
    [Theory]
    [InlineData(1, 0ul)]
    [InlineData(2, 1ul)]
    [InlineData(3, 0xFFFFFFFFul)]
    public void An_element_is_kept_where_its_number_of_the_stream_reaches_the_rate(int threads, ulong position)
    {
        using var workers = new WorkerPool(threads);
        foreach (int length in new[] { 0, 1, 7, 67, 511, 40_001 })
        {
            float[] x = TestFloats.Finite(length, 1);
            var y = new float[length];
            DropoutMask.Apply<float>(x, y, 0.3f, 11, 5, position, workers);
            var random = new CounterRandom(11, 5) { Position = position };
            float[] expected = Array.ConvertAll(x, value => random.NextSingle() >= 0.3f ? value * (1 / (1 - 0.3f)) : 0);
            TestFloats.AssertSameBits(expected, y, $"length {length}");
        }
    }

    [Fact]
    public void Float64_has_the_same_mask()
    {
        var y = new float[1000];
        var z = new double[1000];
        DropoutMask.Apply<float>(TestFloats.Finite(1000, 1), y, 0.5f, 1, 2, 3);
        DropoutMask.Apply<double>(Array.ConvertAll(TestFloats.Finite(1000, 1), v => (double)v), z, 0.5f, 1, 2, 3);
        Assert.Equal(Array.ConvertAll(y, v => (double)v), z);
    }

    [Fact]
    public void The_share_of_zeros_is_the_rate_and_the_mean_stays()
    {
        var x = new float[100_000];
        Array.Fill(x, 1);
        DropoutMask.Apply<float>(x, x, 0.2f, 1, 2, 0);
        Assert.Equal(0.2, x.Count(v => v == 0) / 100_000.0, 0.005);
        Assert.Equal(1, x.Average(), 0.01);
    }

    [Fact]
    public void Rate_0_keeps_everything()
    {
        float[] x = TestFloats.Finite(100, 1);
        var y = new float[100];
        DropoutMask.Apply<float>(x, y, 0, 1, 2, 0);
        Assert.Equal(x, y);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void A_rate_outside_0_to_1_is_refused(float rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DropoutMask.Apply<float>([], [], rate, 1, 2, 0));

    [Fact]
    public void Nothing_is_allocated()
    {
        using var workers = new WorkerPool(2);
        var x = new float[50_000];
        TestAllocations.AssertNone(() => DropoutMask.Apply<float>(x, x, 0.5f, 1, 2, 0, workers));
    }
}

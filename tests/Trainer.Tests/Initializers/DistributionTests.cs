using Toolkit.Numerics;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Tests.Initializers;

/// <summary>
/// Bounds, means and variances over 60,000 values: a mean is off by σ/245 and a variance by at most 0.6 % at one standard error; the tests
/// allow five.
/// </summary>
public class DistributionTests
{
    private static readonly Shape Dense = [200, 300];
    private static readonly Shape Kernel = [60, 40, 5, 5];

    [Fact]
    public void Random_uniform_fills_its_interval()
    {
        float[] values = Draw(new RandomUniform(-0.05, 0.05), Dense);

        AssertInterval(values, -0.05, 0.05);
        AssertMoments(values, 0, 0.1 * 0.1 / 12);
    }

    [Fact]
    public void Random_uniform_may_be_off_centre()
    {
        float[] values = Draw(new RandomUniform(2, 5), Dense);

        AssertInterval(values, 2, 5);
        AssertMoments(values, 3.5, 9.0 / 12);
    }

    [Fact]
    public void Random_normal_has_mean_and_deviation()
    {
        float[] values = Draw(new RandomNormal(0.5, 0.2), Dense);

        AssertMoments(values, 0.5, 0.04);
        Assert.Contains(values, value => Math.Abs(value - 0.5) > 3 * 0.2);
    }

    [Fact]
    public void Truncated_normal_ends_at_two_deviations_and_has_what_is_left_of_the_variance()
    {
        float[] values = Draw(new TruncatedNormal(1, 0.1), Dense);

        AssertInterval(values, 0.8, 1.2, slack: 0.01);
        AssertMoments(values, 1, 0.01 * TruncatedNormal.RemainingDeviation * TruncatedNormal.RemainingDeviation);
    }

    // φ(2) = 0.05399096651318806, 2·Φ(2) − 1 = erf(√2) = 0.9544997361036416.
    [Fact]
    public void What_truncation_leaves_follows_from_the_normal_distribution() => Assert.Equal(
        TruncatedNormal.RemainingDeviation, Math.Sqrt(1 - (4 * 0.05399096651318806 / 0.9544997361036416)), 14);

    // Dense [200, 300]: fans 200 and 300, mean 250. Kernel [60, 40, 5, 5]: fans 40·25 = 1000 and 60·25 = 1500, mean 1250.
    [Theory]
    [InlineData("glorot_uniform", 1.0 / 250, 1.0 / 1250, true)]
    [InlineData("glorot_normal", 1.0 / 250, 1.0 / 1250, false)]
    [InlineData("he_uniform", 2.0 / 200, 2.0 / 1000, true)]
    [InlineData("he_normal", 2.0 / 200, 2.0 / 1000, false)]
    [InlineData("lecun_uniform", 1.0 / 200, 1.0 / 1000, true)]
    [InlineData("lecun_normal", 1.0 / 200, 1.0 / 1000, false)]
    [InlineData("variance_scaling", 1.0 / 200, 1.0 / 1000, false)]
    public void A_scaled_initializer_has_its_variance(string name, double dense, double kernel, bool isUniform)
    {
        foreach ((Shape shape, double variance) in ((Shape, double)[])[(Dense, dense), (Kernel, kernel)])
        {
            float[] values = Draw(Initializer.FromName(name), shape);
            double bound = isUniform ? Math.Sqrt(3 * variance) : 2 * Math.Sqrt(variance) / 0.87962566103423978;

            AssertInterval(values, -bound, bound, slack: 0.01);
            AssertMoments(values, 0, variance);
        }
    }

    [Fact]
    public void Variance_scaling_has_each_mode_and_distribution()
    {
        float[] values = Draw(new VarianceScaling(3, FanMode.FanOut, VarianceDistribution.UntruncatedNormal), Dense);

        AssertMoments(values, 0, 3.0 / 300);
        Assert.Contains(values, value => Math.Abs(value) > 3 * Math.Sqrt(3.0 / 300));
        Assert.Equal(3.0 / 250, new VarianceScaling(3, FanMode.FanAverage).VarianceFor(Dense), 15);
    }

    [Theory]
    [InlineData(new int[] { }, 1, 1)]
    [InlineData(new[] { 7 }, 7, 7)]
    [InlineData(new[] { 784, 512 }, 784, 512)]
    [InlineData(new[] { 32, 16, 3, 5 }, 240, 480)]
    [InlineData(new[] { 32, 1, 3, 3 }, 9, 288)]
    [InlineData(new[] { 8, 4, 5 }, 20, 40)]
    public void Fans_are_counted_by_the_shape(int[] shape, int fanIn, int fanOut) => Assert.Equal(new Fans(fanIn, fanOut), Fans.Of(new Shape(shape)));

    [Theory]
    [InlineData(new[] { 40, 40 })]
    [InlineData(new[] { 12, 50 })]
    [InlineData(new[] { 50, 12 })]
    [InlineData(new[] { 16, 4, 3, 3 })]
    [InlineData(new[] { 30, 2, 3, 3 })]
    public void Orthogonal_gives_orthonormal_vectors_times_the_gain(int[] dimensions)
    {
        var shape = new Shape(dimensions);
        float[] values = Draw(new Orthogonal(gain: 3), shape);
        int rows = shape[0];
        int columns = values.Length / rows;
        bool byRow = rows <= columns;
        int count = Math.Min(rows, columns);
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = 0;
                for (int i = 0; i < Math.Max(rows, columns); i++)
                {
                    dot += byRow ? (double)values[(a * columns) + i] * values[(b * columns) + i] : (double)values[(i * columns) + a] * values[(i * columns) + b];
                }

                Assert.Equal(a == b ? 9 : 0, dot, 1e-5);
            }
        }
    }

    [Fact]
    public void Orthogonal_needs_a_matrix()
    {
        var exception = Assert.Throws<ArgumentException>(() => Draw(new Orthogonal(), [5]));

        Assert.Contains("Orthogonal: expected a shape of two axes or more, got [5]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orthogonal_does_not_prefer_a_direction()
    {
        // A QR whose signs are not set right would give a first column of one sign.
        int positive = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var values = new float[9];
            new Orthogonal().Fill(values, [3, 3], new CounterRandom((ulong)seed, 0));
            positive += values[0] > 0 ? 1 : 0;
        }

        Assert.InRange(positive, 65, 135);
    }

    private static float[] Draw(Initializer initializer, Shape shape)
    {
        var values = new float[shape.Length];
        initializer.Fill(values, shape, new CounterRandom(42, 5));
        return values;
    }

    // The values reach both ends, up to a share of the width, and none is beyond.
    private static void AssertInterval(float[] values, double minimum, double maximum, double slack = 0.001)
    {
        double width = maximum - minimum;
        Assert.InRange(values.Min(), minimum - (1e-6 * width), minimum + (slack * width));
        Assert.InRange(values.Max(), maximum - (slack * width), maximum + (1e-6 * width));
    }

    private static void AssertMoments(float[] values, double mean, double variance)
    {
        double actualMean = values.Average(value => (double)value);
        double actualVariance = values.Average(value => (value - actualMean) * (value - actualMean));
        Assert.Equal(mean, actualMean, 5 * Math.Sqrt(variance / values.Length));
        Assert.Equal(variance, actualVariance, 5 * 0.006 * variance);
    }
}

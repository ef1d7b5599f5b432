using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class ColumnScalerTests
{
    [Theory]
    [InlineData(0, 1.118033988749895)]
    [InlineData(1, 1.2909944487358056)]
    public void The_standard_deviation_counts_degrees_of_freedom(int ddof, double deviation)
    {
        // (1.5² + 0.5² + 0.5² + 1.5²) / 4 = 1.25, / 3 = 1.666…
        Standardizer scaler = Standardizer.Fit([1, 2, 3, 4], ddof);
        Assert.Equal(2.5, scaler.Means[0]);
        Assert.Equal(deviation, scaler.StandardDeviations[0], 15);
        Assert.Equal(1.5 / deviation, scaler.Transform(4), 15);
        Assert.Equal(4, scaler.InverseTransform(scaler.Transform(4)), 15);
    }

    [Fact]
    public void Columns_are_standardized_each_by_its_own_constants_and_back()
    {
        Tensor<float> x = Tensor.From<float>([3, 2], 1, 100, 2, 200, 3, 600);
        Standardizer scaler = Standardizer.Fit(x, ddof: 1);
        Assert.Equal([2, 300], scaler.Means);
        Assert.Equal([1, Math.Sqrt(70000)], scaler.StandardDeviations);
        Tensor<float> y = scaler.Transform(x);
        Assert.Equal([-1, 0, 1], [y.Span[0], y.Span[2], y.Span[4]]);
        Assert.Equal(x.ToArray(), scaler.InverseTransform(y).ToArray().Select(value => MathF.Round(value, 3)));
        Assert.Equal([4, 0], scaler.Transform(Tensor.From<float>([1, 2], 6, 300)).ToArray());
    }

    [Fact]
    public void A_large_mean_does_not_cost_the_digits_of_a_small_deviation() =>
        Assert.Equal(1.118033988749895, Standardizer.Fit([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]).StandardDeviations[0], 12);

    [Fact]
    public void A_column_of_equal_values_is_only_centred()
    {
        Standardizer scaler = Standardizer.Fit([0.1, 0.1, 0.1], ddof: 1);
        Assert.Equal(1, scaler.StandardDeviations[0]);
        Assert.Equal(0, scaler.Transform(0.1), 12);
        Assert.Equal(0, MinMaxScaler.Fit([7, 7]).Transform(7));
    }

    [Fact]
    public void A_range_is_mapped_to_a_range_and_values_beyond_it_beyond()
    {
        MinMaxScaler scaler = MinMaxScaler.Fit([2, 6, 4], low: -1, high: 1);
        Assert.Equal([-1, 0, 1, 3], new double[] { 2, 4, 6, 10 }.Select(value => scaler.Transform(value)));
        Assert.Equal(10, scaler.InverseTransform(3));
        Assert.Equal([0, 0, 0.5f, 1, 1, 0.5f], MinMaxScaler.Fit(Tensor.From<float>([3, 2], 0, 5, 1, 7, 2, 6)).Transform(Tensor.From<float>([3, 2], 0, 5, 1, 7, 2, 6)).ToArray());
    }

    [Fact]
    public void A_vector_is_one_column()
    {
        MinMaxScaler scaler = MinMaxScaler.Fit(Tensor.Vector<float>(0, 4));
        Assert.Equal([0.25f, 0.5f], scaler.Transform(Tensor.Vector<float>(1, 2)).ToArray());
        Assert.Equal(1, scaler.Count);
    }

    [Fact]
    public void Other_columns_than_fitted_are_refused()
    {
        Standardizer scaler = Standardizer.Fit(Tensor.From<float>([2, 2], 1, 2, 3, 4));
        Assert.Contains("expected [n, 2] as in fitting, got [2,3]", Assert.Throws<ArgumentException>(() => scaler.Transform(new Tensor<float>([2, 3]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => scaler.Transform(new Tensor<float>([2])));
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Standardizer.Fit([1.0], ddof: 1));
        Assert.Throws<ArgumentException>(() => Standardizer.Fit([1, double.NaN]));
        Assert.Throws<ArgumentException>(() => MinMaxScaler.Fit([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => MinMaxScaler.Fit(ReadOnlySpan<double>.Empty));
        Assert.Throws<ArgumentException>(() => MinMaxScaler.Fit([1, 2], low: 1, high: 1));
        Assert.Throws<ArgumentException>(() => new Standardizer([0], [0]));
        Assert.Throws<ArgumentException>(() => new Standardizer([0, 1], [1]));
    }

    [Fact]
    public void The_constants_are_told_as_text()
    {
        Assert.Equal("(x - 2.5) / 0.5", new Standardizer([2.5], [0.5]).Normalization);
        Assert.Equal("x, (x - 1) / 2", new Standardizer([0, 1], [1, 2]).Normalization);
    }
}

using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class ErrorTests
{
    // Errors 0.5, -1, 2, 0: squares 0.25 + 1 + 4 + 0, absolute 3.5.
    [Fact]
    public void Squared_and_absolute_errors_are_means_over_all_outputs()
    {
        var squared = new MeanSquaredError();
        var absolute = new MeanAbsoluteError();
        var root = new RootMeanSquaredError();
        foreach (Metric metric in (Metric[])[squared, absolute, root])
        {
            metric.Update([1.5f, 1f], [1f, 2f], 1, 2, 2);
            metric.Update([4f, -1f], [2f, -1f], 1, 2, 2);
        }

        Assert.Equal(5.25 / 4, squared.Result, 15);
        Assert.Equal(3.5 / 4, absolute.Result, 15);
        Assert.Equal(Math.Sqrt(5.25 / 4), root.Result, 15);
        Assert.False(squared.GreaterIsBetter || absolute.GreaterIsBetter || root.GreaterIsBetter);
    }

    // y = 3, -0.5, 2, 7 and p = 2.5, 0, 2, 8: Σ(y − p)² = 1.5, ȳ = 2.875, Σ(y − ȳ)² = 29.1875 (the example of scikit-learn's r2_score: 0.948…).
    [Fact]
    public void R_squared_compares_with_the_mean()
    {
        var metric = new RSquared();
        metric.Update([2.5f, 0, 2], [3, -0.5f, 2], 3, 1, 1);
        metric.Update([8], [7], 1, 1, 1);

        Assert.Equal(1 - (1.5 / 29.1875), metric.Result, 14);
        Assert.True(metric.GreaterIsBetter);
    }

    // First output as above; second: y = 0, 1, 2, 3, p = ȳ: 0. The mean is half the first.
    [Fact]
    public void R_squared_is_the_mean_over_the_outputs()
    {
        var metric = new RSquared();
        metric.Update([2.5f, 1.5f, 0, 1.5f, 2, 1.5f, 8, 1.5f], [3, 0, -0.5f, 1, 2, 2, 7, 3], 4, 2, 2);

        Assert.Equal((1 - (1.5 / 29.1875)) / 2, metric.Result, 14);
    }

    // Targets 10,000,000 to 10,000,003 have a variance that Σy² − n·ȳ² would drown in rounding.
    [Fact]
    public void R_squared_is_exact_far_from_zero()
    {
        var metric = new RSquared();
        metric.Update([10_000_000, 10_000_001, 10_000_002, 10_000_002], [10_000_000, 10_000_001, 10_000_002, 10_000_003], 4, 1, 1);

        Assert.Equal(1 - (1.0 / 5), metric.Result, 9);
    }

    [Theory]
    [InlineData(5f, 1)]
    [InlineData(6f, 0)]
    public void R_squared_of_a_target_that_never_changes(float prediction, double expected)
    {
        var metric = new RSquared();
        metric.Update([prediction, prediction], [5, 5], 2, 1, 1);

        Assert.Equal(expected, metric.Result);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        var metric = new RSquared();
        metric.Update([1, 2], [1, 2], 1, 2, 2);

        Assert.Throws<ArgumentException>(() => metric.Update([1], [1], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => new MeanSquaredError().Update([1, 2], [1], 1, 2, 1));
        Assert.Throws<ArgumentException>(() => new MeanAbsoluteError().Update([1, 2], [1, 2], 2, 2, 2));
    }
}

using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class AreaUnderRocTests
{
    // Positives 0.35 and 0.8, negatives 0.1 and 0.4: of the four pairs only (0.35, 0.4) is in the wrong order.
    [Fact]
    public void It_is_the_share_of_pairs_in_order()
    {
        var metric = new AreaUnderRoc();
        metric.Update([0.1f, 0.4f], [0, 0], 2, 1, 1);
        metric.Update([0.35f, 0.8f], [1, 1], 2, 1, 1);

        Assert.Equal(0.75, metric.Result, 15);
    }

    // Keras's documentation of AUC: three thresholds, so buckets (0, 0.5] and (0.5, 1]; predictions 0, 0.5, 0.3, 0.9 of 0, 0, 1, 1 give 0.75.
    [Fact]
    public void What_lies_between_two_thresholds_is_a_tie()
    {
        var metric = new AreaUnderRoc(thresholds: 3);
        metric.Update([0, 0.5f, 0.3f, 0.9f], [0, 0, 1, 1], 4, 1, 1);

        Assert.Equal(0.75, metric.Result, 15);
    }

    [Fact]
    public void Order_turned_round_gives_nothing_and_both_ends_count()
    {
        var metric = new AreaUnderRoc();
        metric.Update([0f, 1f], [1, 0], 2, 1, 1);

        Assert.Equal(0, metric.Result);
    }

    [Fact]
    public void With_one_class_alone_there_is_no_area()
    {
        var metric = new AreaUnderRoc();
        metric.Update([0.2f, 0.7f], [1, 1], 2, 1, 1);

        Assert.True(double.IsNaN(metric.Result));
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Predictions_that_are_no_probabilities_are_refused(float prediction) =>
        Assert.Throws<ArgumentException>(() => new AreaUnderRoc().Update([prediction], [1], 1, 1, 1));

    [Fact]
    public void There_must_be_two_thresholds() => Assert.Throws<ArgumentOutOfRangeException>(() => new AreaUnderRoc(1));
}

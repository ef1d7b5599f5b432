using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class MetricTests
{
    public static TheoryData<string> Names => [.. MetricNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_update_allocates_nothing(string name)
    {
        Metric metric = name;
        (float[] predictions, float[] targets, int columns, int targetColumns) = BatchFor(metric);
        TestAllocations.AssertNone(() => metric.Update(predictions, targets, 4, columns, targetColumns));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_seen_is_no_number_until_there_is_a_batch_and_after_a_reset(string name)
    {
        Metric metric = name;
        (float[] predictions, float[] targets, int columns, int targetColumns) = BatchFor(metric);
        Assert.True(double.IsNaN(metric.Result));

        metric.Update(predictions, targets, 4, columns, targetColumns);
        double first = metric.Result;
        Assert.False(double.IsNaN(first));

        metric.Reset();
        Assert.True(double.IsNaN(metric.Result));

        metric.Update(predictions, targets, 4, columns, targetColumns);
        Assert.Equal(first, metric.Result);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_makes_the_metric_that_carries_it(string name)
    {
        Assert.Equal(name, Metric.FromName(name).Name);
    }

    [Fact]
    public void A_fresh_metric_has_the_settings_and_has_seen_nothing()
    {
        var k = (TopKAccuracy)new TopKAccuracy(3, "top3").Fresh();
        var recall = (Recall)new Recall(0.7, 2, "recall2").Fresh();
        var binary = (BinaryAccuracy)new BinaryAccuracy(0.9).Fresh();

        Assert.Equal((3, "top3"), (k.K, k.Name));
        Assert.Equal((0.7, 2, "recall2"), (recall.Threshold, recall.ClassIndex, recall.Name));
        Assert.Equal(0.9, binary.Threshold);
        foreach (string name in MetricNames.All)
        {
            Metric metric = name;
            (float[] predictions, float[] targets, int columns, int targetColumns) = BatchFor(metric);
            metric.Update(predictions, targets, 4, columns, targetColumns);
            Metric fresh = metric.Fresh();

            Assert.IsType(metric.GetType(), fresh);
            Assert.NotSame(metric, fresh);
            Assert.Equal(metric.Name, fresh.Name);
            Assert.True(double.IsNaN(fresh.Result));
        }
    }

    [Fact]
    public void Every_metric_has_a_name() => Assert.Equal(
        typeof(Metric).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Metric)) && !type.IsAbstract).OrderBy(type => type.Name),
        MetricNames.All.Select(name => Metric.FromName(name).GetType()).Distinct().OrderBy(type => type.Name));

    [Fact]
    public void An_unknown_name_is_answered_with_those_that_there_are()
    {
        var exception = Assert.Throws<ArgumentException>(() => Metric.FromName("accuracies"));

        Assert.Contains("Unknown metric 'accuracies': expected one of acc, accuracy, auc, binary_accuracy,", exception.Message, StringComparison.Ordinal);
    }

    // Four samples of two outputs; metrics of class indices get those.
    private static (float[] Predictions, float[] Targets, int Columns, int TargetColumns) BatchFor(Metric metric)
    {
        float[] predictions = [0.9f, 0.1f, 0.2f, 0.8f, 0.7f, 0.3f, 0.4f, 0.6f];
        return metric is SparseCategoricalAccuracy or TopKAccuracy
            ? (predictions, [0, 1, 1, 1], 2, 1)
            : (predictions, [1, 0, 0, 1, 0, 1, 0, 1], 2, 2);
    }
}

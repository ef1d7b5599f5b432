using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class AccuracyTests
{
    private static readonly float[] ThreeClasses =
    [
        0.1f, 0.7f, 0.2f,
        0.5f, 0.3f, 0.2f,
        0.2f, 0.3f, 0.5f,
        0.4f, 0.4f, 0.2f,
    ];

    [Fact]
    public void Accuracy_of_one_output_is_binary()
    {
        var metric = new Accuracy();
        metric.Update([0.6f, 0.5f, 0.2f, 0.9f], [1, 1, 0, 0], rows: 4, columns: 1, targetColumns: 1);

        // 0.5 is not above the threshold; 0.9 is, wrongly.
        Assert.Equal(0.5, metric.Result);
    }

    [Fact]
    public void Accuracy_with_one_hot_targets_is_categorical()
    {
        var metric = new Accuracy();
        metric.Update(ThreeClasses, [0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], 4, 3, 3);

        Assert.Equal(0.75, metric.Result);
    }

    [Fact]
    public void Accuracy_with_class_indices_is_sparse()
    {
        var metric = new Accuracy();
        metric.Update(ThreeClasses, [1, 1, 2, 0], 4, 3, 1);

        Assert.Equal(0.75, metric.Result);
    }

    [Fact]
    public void Each_kind_can_be_asked_for()
    {
        var binary = new BinaryAccuracy(threshold: 0.8);
        binary.Update([0.6f, 0.9f, 0.7f, 0.1f], [0, 1, 1, 0], 2, 2, 2);
        var categorical = new CategoricalAccuracy();
        categorical.Update(ThreeClasses, [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0], 4, 3, 3);
        var sparse = new SparseCategoricalAccuracy();
        sparse.Update(ThreeClasses, [1, 0, 2, 1], 4, 3, 1);

        Assert.Equal(0.75, binary.Result);
        Assert.Equal(0.25, categorical.Result);
        Assert.Equal(0.75, sparse.Result);
    }

    [Fact]
    public void Batches_of_any_size_add_up()
    {
        // More rows than are compared at once, of which every third is wrong.
        const int Rows = 1000;
        var predictions = new float[Rows * 2];
        var targets = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            predictions[(2 * row) + (row % 2)] = 1;
            targets[row] = row % 3 == 0 ? 1 - (row % 2) : row % 2;
        }

        var whole = new Accuracy();
        whole.Update(predictions, targets, Rows, 2, 1);
        var parts = new Accuracy();
        parts.Update(predictions.AsSpan(0, 2 * 701), targets.AsSpan(0, 701), 701, 2, 1);
        parts.Update(predictions.AsSpan(2 * 701), targets.AsSpan(701), 299, 2, 1);

        Assert.Equal(0.666, whole.Result, 12);
        Assert.Equal(whole.Result, parts.Result);
    }

    [Fact]
    public void Top_k_counts_a_class_among_the_k_greatest()
    {
        float[] outputs = [0.1f, 0.2f, 0.3f, 0.4f];
        double Of(int k, float target)
        {
            var metric = new TopKAccuracy(k);
            metric.Update(outputs, [target], 1, 4, 1);
            return metric.Result;
        }

        Assert.Equal([1, 0, 0, 0], [Of(1, 3), Of(1, 2), Of(1, 1), Of(1, 0)]);
        Assert.Equal([1, 1, 0, 0], [Of(2, 3), Of(2, 2), Of(2, 1), Of(2, 0)]);

        var oneHot = new TopKAccuracy(2);
        oneHot.Update(outputs, [0, 0, 1, 0], 1, 4, 4);
        Assert.Equal(1, oneHot.Result);
    }

    [Fact]
    public void A_model_that_says_NaN_is_in_no_top_k()
    {
        var metric = new TopKAccuracy(2);
        metric.Update([float.NaN, float.NaN], [0], 1, 2, 1);

        Assert.Equal(0, metric.Result);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Accuracy().Update(new float[6], new float[4], 2, 3, 2));
        Assert.Throws<ArgumentException>(() => new BinaryAccuracy().Update(new float[6], new float[2], 2, 3, 1));
        Assert.Throws<ArgumentException>(() => new CategoricalAccuracy().Update(new float[6], new float[2], 2, 3, 1));
        Assert.Throws<ArgumentException>(() => new SparseCategoricalAccuracy().Update(new float[6], new float[6], 2, 3, 3));
        Assert.Throws<ArgumentException>(() => new TopKAccuracy().Update(new float[6], [0, 3], 2, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopKAccuracy(0));
    }
}

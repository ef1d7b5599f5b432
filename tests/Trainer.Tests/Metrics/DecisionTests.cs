using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class DecisionTests
{
    // Against 0.5: yes yes yes no no no, of which yes is right for 1, 2, 4, 5: TP 2, FP 1, FN 2.
    private static readonly float[] Predictions = [0.9f, 0.8f, 0.7f, 0.4f, 0.3f, 0.5f];
    private static readonly float[] Targets = [1, 1, 0, 1, 1, 0];

    [Fact]
    public void Precision_recall_and_F1_of_one_output()
    {
        Assert.Equal(2.0 / 3, ResultOf(new Precision()), 15);
        Assert.Equal(2.0 / 4, ResultOf(new Recall()), 15);
        Assert.Equal(4.0 / 7, ResultOf(new F1()), 15);
    }

    // Against 0.35: yes yes yes yes no yes: TP 3, FP 2, FN 1.
    [Fact]
    public void The_threshold_moves_them()
    {
        Assert.Equal(3.0 / 5, ResultOf(new Precision(0.35)), 15);
        Assert.Equal(3.0 / 4, ResultOf(new Recall(0.35)), 15);
        Assert.Equal(6.0 / 9, ResultOf(new F1(0.35)), 15);
    }

    // Yes in (0,0), (1,1), (1,2), (2,0); right ones (0,0), (1,2), (2,1).
    [Fact]
    public void Several_outputs_are_counted_together_or_one_class_alone()
    {
        float[] predictions = [0.9f, 0.1f, 0.2f, 0.1f, 0.6f, 0.7f, 0.8f, 0.4f, 0.3f];
        float[] indices = [0, 2, 1];
        float[] oneHot = [1, 0, 0, 0, 0, 1, 0, 1, 0];

        foreach ((float[] targets, int targetColumns) in ((float[], int)[])[(indices, 1), (oneHot, 3)])
        {
            double Of(DecisionMetric metric)
            {
                metric.Update(predictions, targets, 3, 3, targetColumns);
                return metric.Result;
            }

            Assert.Equal(2.0 / 4, Of(new Precision()), 15);
            Assert.Equal(2.0 / 3, Of(new Recall()), 15);
            Assert.Equal(1.0 / 2, Of(new Precision(classIndex: 0)), 15);
            Assert.Equal(1.0, Of(new Recall(classIndex: 0)), 15);
            Assert.Equal(0.0, Of(new Recall(classIndex: 1)), 15);
            Assert.Equal(2.0 / 3, Of(new F1(classIndex: 0)), 15);
        }
    }

    [Fact]
    public void Where_nothing_can_be_divided_they_are_zero()
    {
        foreach (DecisionMetric metric in (DecisionMetric[])[new Precision(), new Recall(), new F1()])
        {
            metric.Update([0.1f], [0], 1, 1, 1);

            Assert.Equal(0, metric.Result);
        }
    }

    [Fact]
    public void Classes_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Recall(classIndex: 3).Update(new float[3], [0], 1, 3, 1));
        Assert.Throws<ArgumentException>(() => new Recall().Update(new float[3], [0.5f], 1, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Recall(classIndex: -1));
    }

    [Fact]
    public void A_confusion_matrix_has_true_classes_in_rows()
    {
        var matrix = new ConfusionMatrix();
        matrix.Update([0.9f, 0.1f, 0, 0, 0.2f, 0.8f, 0.6f, 0.3f, 0.1f, 0.1f, 0.8f, 0.1f], [0, 1, 1, 1], 4, 3, 1);

        Assert.Equal(3, matrix.Classes);
        Assert.Equal((1L, 1L, 1L, 1L), (matrix[0, 0], matrix[1, 0], matrix[1, 1], matrix[1, 2]));
        Assert.Equal(0.5, matrix.Result);
        Assert.Equal((0.5, 1.0 / 3), (matrix.PrecisionOf(0), matrix.RecallOf(1)));
        Assert.Equal(2.0 / 3, matrix.F1Of(0), 15);
        Assert.Equal(0.5, matrix.F1Of(1), 15);
        Assert.Equal(0, matrix.F1Of(2));
        Assert.Equal((2.0 / 3 + 0.5) / 3, matrix.MacroF1, 15);
        Assert.Equal(
            "true\\predicted   0   1   2\n"
            + "             0   1   0   0\n"
            + "             1   1   1   1\n"
            + "             2   0   0   0",
            matrix.ToString());
    }

    [Fact]
    public void A_confusion_matrix_of_one_output_has_two_classes()
    {
        var matrix = new ConfusionMatrix();
        matrix.Update(Predictions, Targets, 6, 1, 1);

        Assert.Equal((1L, 1L, 2L, 2L), (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]));
        Assert.Throws<ArgumentException>(() => matrix.Update(new float[3], [0], 1, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[2, 0]);
    }

    private static double ResultOf(DecisionMetric metric)
    {
        metric.Update(Predictions.AsSpan(0, 4), Targets.AsSpan(0, 4), 4, 1, 1);
        metric.Update(Predictions.AsSpan(4), Targets.AsSpan(4), 2, 1, 1);
        return metric.Result;
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>What a classifier takes for what.</summary>
internal static class ClassesSection
{
    /// <summary>Beyond so many classes a matrix cannot be read.</summary>
    private const int MaxClasses = 100;

    public static ReportSection? Create(TestPart? test)
    {
        if (test is not { IsClassification: true } || test.Classes.Count > MaxClasses)
        {
            return null;
        }

        int classes = test.Classes.Count;
        var matrix = new ConfusionMatrix();
        matrix.Update(test.Predictions.Span, test.Data.Y.Span, test.Data.Count, test.Predictions.Shape[1], test.Data.Y.Length / test.Data.Count);
        var counts = new Tensor<float>([classes, classes]);
        var rows = new List<string[]>();
        for (int truth = 0; truth < classes; truth++)
        {
            long samples = 0;
            for (int predicted = 0; predicted < classes; predicted++)
            {
                counts.Span[(truth * classes) + predicted] = matrix[truth, predicted];
                samples += matrix[truth, predicted];
            }

            rows.Add([test.Classes[truth], Wording.Figure(matrix.PrecisionOf(truth)), Wording.Figure(matrix.RecallOf(truth)), Wording.Figure(matrix.F1Of(truth)), Wording.Count(samples)]);
        }

        var heatmap = new Heatmap("Confusion matrix", counts, test.Classes, test.Classes)
        {
            RowTitle = "truth",
            ColumnTitle = "predicted",
            IsShadedByRow = true,
            IsWide = classes > 16,
            Caption = "Counts of test samples; colours tell the share of each true class.",
        };
        var table = new ReportTable("By class", ["Class", "Precision", "Recall", "F1", "Samples"], rows)
        {
            Caption = "Precision: the share of right ones among the predictions of a class. Recall: the share that is found of a class. F1: their harmonic mean.",
        };
        string text = $"Of {Wording.Count(test.Data.Count)} test samples, {Wording.Percent(matrix.Result)} are classified right. The mean F1 over the classes is {Wording.Figure(matrix.MacroF1)}.";
        return new ReportSection("Classes", text, heatmap, table);
    }
}

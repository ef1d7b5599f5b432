using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>How far a regression is from the truth.</summary>
internal static class RegressionSection
{
    public static ReportSection? Create(TestPart? test)
    {
        if (test is null || test.IsClassification || test.Predictions.Length != test.Data.Y.Length)
        {
            return null;
        }

        // A target that the data set standardised, and the recipe left as it was, is shown in the data's own unit.
        (double scale, double offset) = test.Source.Test.Y.Span.SequenceEqual(test.Data.Y.Span) ? (test.Source.TargetStd, test.Source.TargetMean) : (1, 0);
        double[] truth = Array.ConvertAll(test.Data.Y.ToArray(), value => (value * scale) + offset);
        double[] predicted = Array.ConvertAll(test.Predictions.ToArray(), value => (value * scale) + offset);
        double[] residuals = [.. predicted.Zip(truth, (prediction, value) => prediction - value)];
        double squares = residuals.Sum(residual => residual * residual);
        double mean = truth.Average();
        double spread = truth.Sum(value => (value - mean) * (value - mean));
        string determination = spread > 0 ? $" They explain {Wording.Percent(1 - (squares / spread))} of the variance (R\u00b2)." : "";
        string text = $"The predictions of {Wording.Count(truth.Length)} test values are off by {HtmlText.Number(residuals.Average(Math.Abs))} on average, {HtmlText.Number(Math.Sqrt(squares / residuals.Length))} in the root mean square.{determination}";
        return new ReportSection(
            "Predictions",
            text,
            new ScatterPlot("Prediction against truth", "truth", "prediction", new PlotSeries("", truth, predicted)) { HasIdentityLine = true, Caption = "On the dashed line a prediction equals the truth." },
            new Histogram("Residuals", "prediction \u2212 truth", residuals));
    }
}

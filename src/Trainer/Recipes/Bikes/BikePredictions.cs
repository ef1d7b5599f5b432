using System.Globalization;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>The page that lays predictions beside the truth.</summary>
internal static class BikePredictions
{
    public static ReportSection Create(RecipeStudy study, BikeHours test, PublishedResult published)
    {
        double[] absolute = ByHour(test, hour => Math.Abs(test.Predicted[hour] - test.Truth[hour]));
        double[] signed = ByHour(test, hour => test.Predicted[hour] - test.Truth[hour]);
        int worst = Array.IndexOf(absolute, absolute.Max());
        int best = Array.IndexOf(absolute, absolute.Min());
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            The {test.Count} test hours, {test.Dates[0]:d MMMM} to {test.Dates[^1]:d MMMM yyyy}, follow everything that the network was trained and validated on. In them its predictions are off by {study.Figures["test_mae_bikes"]:F0} bikes an hour on average, where {test.Truth.Average():F0} are rented.

            By the hour of the day it errs most at {worst} h ({absolute[worst]:F0} bikes on average) and least at {best} h ({absolute[best]:F0}). Over all of them it predicts {Math.Abs(test.MeanError(_ => true)):F0} bikes too {(test.MeanError(_ => true) > 0 ? "many" : "few")}; until the 21st of December {Math.Abs(test.MeanError(date => !BikeHours.IsBetweenTheYears(date))):F0} too {(test.MeanError(date => !BikeHours.IsBetweenTheYears(date)) > 0 ? "many" : "few")}.
            """);
        return new ReportSection("Predictions for the test days", text, [test.Plot("Prediction and truth over the test days", 3), .. Losses(study, published), .. Residuals(absolute, signed)]);
    }

    private static IEnumerable<ReportItem> Losses(RecipeStudy study, PublishedResult published)
    {
        if (study.History.Epochs.Count == 0)
        {
            yield break;
        }

        yield return new LinePlot(
            "Mean squared error of training and validation",
            "epoch",
            "mean squared error, standardised",
            PlotSeries.Of("training", study.History["loss"], 1),
            PlotSeries.Of("validation", study.History["val_loss"], 1))
        {
            YScale = AxisScale.Logarithmic,
            YMarks = [Mark("train_mse_pass_mark", "training must reach"), Mark("validation_mse_pass_mark", "validation must reach")],
        };

        AxisTick Mark(string name, string label) => new(published.Figures[name], string.Create(CultureInfo.InvariantCulture, $"{label} {published.Figures[name]:0.##}"));
    }

    private static IEnumerable<ReportItem> Residuals(double[] absolute, double[] signed)
    {
        yield return new LinePlot(
            "Residuals by hour",
            "hour of the day",
            "bikes an hour",
            PlotSeries.Of("mean of |prediction − truth|", absolute) with { HasMarkers = true },
            PlotSeries.Of("mean of prediction − truth", signed) with { HasMarkers = true })
        {
            YMarks = [new AxisTick(0, "")],
        };
    }

    /// <summary>The mean of a value in each hour of the day; NaN for an hour that does not occur.</summary>
    private static double[] ByHour(BikeHours test, Func<int, double> value) =>
        [.. Enumerable.Range(0, 24).Select(hour => test.Mean(index => test.Hours[index] == hour, value))];
}

using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>Hours in the order of time with the rented bikes and those that a network predicts, in bikes an hour.</summary>
internal sealed class BikeHours
{
    private BikeHours(DateTime[] dates, int[] hours, double[] truth, double[] predicted)
    {
        Dates = dates;
        Hours = hours;
        Truth = truth;
        Predicted = predicted;
        Times = [.. dates.Zip(hours, (date, hour) => (date - dates[0]).TotalDays + (hour / 24.0))];
    }

    public int Count => Dates.Count;

    public IReadOnlyList<DateTime> Dates { get; }

    public IReadOnlyList<int> Hours { get; }

    public IReadOnlyList<double> Truth { get; }

    public IReadOnlyList<double> Predicted { get; }

    /// <summary>Days since the first date's midnight.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>The labels of midnights, one every few days.</summary>
    /// <param name="every">Days between labels.</param>
    public IReadOnlyList<AxisTick> Midnights(int every = 1) =>
    [
        .. Dates.Distinct().Where((_, day) => day % every == 0).Select(date => new AxisTick((date - Dates[0]).TotalDays, date.ToString(every == 1 ? "ddd d MMM" : "d MMM", CultureInfo.InvariantCulture))),
    ];

    /// <summary>Predicts the samples of some rows of a data set's table.</summary>
    public static BikeHours Predict(Model model, Dataset part, DatasetSplits data, IReadOnlyList<int> rows)
    {
        CsvTable table = data.Table!.Select([.. rows]);
        float[] predicted = model.Predict(part.X, 256).ToArray();
        return new BikeHours(
            table.Dates("dteday").ToArray(),
            Array.ConvertAll(table.Numbers("hr").ToArray(), hour => (int)hour),
            table.Numbers("cnt").ToArray(),
            Array.ConvertAll(predicted, value => (value * data.TargetStd) + data.TargetMean));
    }

    /// <summary>The days from the 22nd of December to the end of the year.</summary>
    public static bool IsBetweenTheYears(DateTime date) => date is { Month: 12, Day: >= 22 };

    /// <summary>The mean distance of prediction and truth on some days; NaN where there are none.</summary>
    public double MeanAbsoluteError(Func<DateTime, bool> days) => Mean(days, hour => Math.Abs(Predicted[hour] - Truth[hour]));

    /// <summary>The mean of predictions less truth on some days; NaN where there are none.</summary>
    public double MeanError(Func<DateTime, bool> days) => Mean(days, hour => Predicted[hour] - Truth[hour]);

    /// <summary>The mean of a value of the hours that a condition holds for; NaN where there are none.</summary>
    public double Mean(Func<DateTime, bool> days, Func<int, double> value) => Mean(hour => days(Dates[hour]), value);

    /// <summary>The mean of a value of the hours that a condition holds for; NaN where there are none.</summary>
    public double Mean(Func<int, bool> hours, Func<int, double> value) =>
        Enumerable.Range(0, Count).Where(hours).Select(value).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The hours of some days.</summary>
    public BikeHours On(Func<DateTime, bool> days)
    {
        int[] hours = [.. Enumerable.Range(0, Count).Where(hour => days(Dates[hour]))];
        return new BikeHours([.. hours.Select(hour => Dates[hour])], [.. hours.Select(hour => Hours[hour])], [.. hours.Select(hour => Truth[hour])], [.. hours.Select(hour => Predicted[hour])]);
    }

    /// <summary>Prediction and truth over time.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="labelEvery">Days between labels.</param>
    public LinePlot Plot(string title, int labelEvery = 1) => new(
        title, "", "bikes an hour", new PlotSeries("truth", Times, Truth), new PlotSeries("prediction", Times, Predicted))
    {
        IsWide = true,
        XTicks = Midnights(labelEvery),
    };
}

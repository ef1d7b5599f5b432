using System.Globalization;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>The page on the days from the 22nd of December on: how the predictions fail there, and what the network could have known.</summary>
internal static class BikeHolidays
{
    public static ReportSection Create(RecipeStudy study, BikeHours test)
    {
        BikeHours days = test.On(BikeHours.IsBetweenTheYears);
        DateTime[] dates = [.. test.Dates.Distinct()];
        double ordinaryError = test.MeanAbsoluteError(date => !BikeHours.IsBetweenTheYears(date));
        double error = days.MeanError(_ => true);
        CsvTable table = study.Splits.Table!;
        CsvTable train = table.Select([.. study.Splits.TrainRows]);
        int[] between = [.. Rows(train, BikeHours.IsBetweenTheYears)];
        int[] december = [.. Rows(train, date => date.Month == 12 && !BikeHours.IsBetweenTheYears(date))];
        int[] holidays = [.. Enumerable.Range(0, train.RowCount).Where(row => train.Numbers("holiday")[row] == 1)];
        DateTime[] marked = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Numbers("holiday")[row] == 1).Select(row => table.Dates("dteday")[row]).Distinct().Where(BikeHours.IsBetweenTheYears)];
        double fall = 100 * (1 - (MeanCount(train, between) / MeanCount(train, december)));
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            From the 22nd of December to the end of the year the predictions are off by {days.MeanAbsoluteError(_ => true):F0} bikes an hour, on the other test days by {ordinaryError:F0}. On average they are {Math.Abs(error):F0} too {(error > 0 ? "high" : "low")}: {days.Predicted.Average():F0} predicted, {days.Truth.Average():F0} rented.

            Such days are rare in training: {DaysOf(train, between)} of {DaysOf(train, [.. Enumerable.Range(0, train.RowCount)])} days ({between.Length} of {train.RowCount:N0} hours) lie in that time of the year, all of {Years(train, between)}. In them {Math.Abs(fall):F0} % {(fall > 0 ? "fewer" : "more")} bikes were rented than on the other days of December.

            Nor do the inputs tell them apart. The month is December as in the three weeks before, and the weekday says that people commute; the input for holidays is set on {marked.Length} of these dates in both years ({string.Join(", ", marked.Select(date => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)))}), and its examples in training, {DaysOf(train, holidays)} days in all, are single days of every season. So the network predicts an ordinary December.
            """);
        return new ReportSection(
            "Why the holidays fail",
            text,
            days.Plot("22 to 31 December: prediction and truth"),
            new BarPlot(
                "Mean of prediction less truth by day",
                "bikes an hour",
                [.. dates.Select(date => date.ToString("d MMM", CultureInfo.InvariantCulture))],
                new BarSeries("until 21 December", [.. dates.Select(date => BikeHours.IsBetweenTheYears(date) ? 0 : test.MeanError(day => day == date))]),
                new BarSeries("from 22 December on", [.. dates.Select(date => BikeHours.IsBetweenTheYears(date) ? test.MeanError(day => day == date) : 0)]))
            {
                IsWide = true,
            },
            new ReportTable(
                "What training had to learn from",
                ["days of the training part", "days", "hours", "bikes an hour"],
                Row("22 to 31 December", train, between),
                Row("other days of December", train, december),
                Row("marked as holidays", train, holidays),
                Row("all", train, [.. Enumerable.Range(0, train.RowCount)])));
    }

    private static IEnumerable<int> Rows(CsvTable table, Func<DateTime, bool> days) => Enumerable.Range(0, table.RowCount).Where(row => days(table.Dates("dteday")[row]));

    private static int DaysOf(CsvTable table, int[] rows) => rows.Select(row => table.Dates("dteday")[row]).Distinct().Count();

    private static string Years(CsvTable table, int[] rows) =>
        string.Join(" and ", rows.Select(row => table.Dates("dteday")[row].Year).Distinct().Select(year => year.ToString(CultureInfo.InvariantCulture)));

    private static double MeanCount(CsvTable table, int[] rows) => rows.Select(row => table.Numbers("cnt")[row]).DefaultIfEmpty(double.NaN).Average();

    private static IReadOnlyList<string> Row(string name, CsvTable table, int[] rows) =>
    [
        name,
        DaysOf(table, rows).ToString("N0", CultureInfo.InvariantCulture),
        rows.Length.ToString("N0", CultureInfo.InvariantCulture),
        MeanCount(table, rows).ToString("F0", CultureInfo.InvariantCulture),
    ];
}

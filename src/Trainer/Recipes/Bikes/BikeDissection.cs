using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>The pages that take the network apart: what its hidden neurons respond to, from which inputs, and through a week.</summary>
internal sealed class BikeDissection
{
    private const int Named = 3;

    private readonly RecipeStudy _study;
    private readonly BikeProbe _probe;
    private readonly HiddenNeurons _neurons;
    private readonly int[] _order;
    private readonly string[] _names;
    private readonly double[][] _workday;
    private readonly double[][] _sunday;
    private readonly int _morning;
    private readonly int _evening;

    private BikeDissection(RecipeStudy study)
    {
        _study = study;
        _probe = new BikeProbe(study.Splits);
        _neurons = new HiddenNeurons(study.Model, study.Splits);
        _workday = _neurons.Swings(_probe.Day(("weekday", BikeProbe.Wednesday)));
        _sunday = _neurons.Swings(_probe.Day(("weekday", BikeProbe.Sunday)));
        double[] counts = CountsOfWorkingDays(study.Splits);
        _morning = PeakOf(counts, 5, 12);
        _evening = PeakOf(counts, 14, 22);

        // Neurons that swing alike stand together: by the hour of their largest rise.
        _order = [.. Enumerable.Range(0, _neurons.Count).OrderBy(neuron => Array.IndexOf(_workday[neuron], _workday[neuron].Max())).ThenBy(neuron => neuron)];
        _names = [.. _order.Select(HiddenNeurons.NameOf)];
    }

    public static IEnumerable<ReportSection> Create(RecipeStudy study)
    {
        var dissection = new BikeDissection(study);
        return [dissection.Hours(), dissection.Causes(), dissection.Weights(), dissection.Week()];
    }

    private static IReadOnlyList<string> HourLabels => [.. Enumerable.Range(0, 24).Select(hour => hour.ToString(CultureInfo.InvariantCulture))];

    private ReportSection Hours()
    {
        string typical = string.Create(CultureInfo.InvariantCulture, $"a clear Wednesday in {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(_probe.Month)} of the second year, with that month's mean temperature, humidity and wind");
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            All inputs stay at {typical}, and only the hour goes round the clock. What a neuron adds to the prediction is its activation times its weight to the output, in bikes an hour; the colours show how far that is above or below its own mean over the day.

            Working days peak at {_morning} h and {_evening} h in the training data. At {_morning} h the prediction is raised most by {List(hour: _morning, _workday, up: true)}, and lowered most by {List(_morning, _workday, up: false)}. At {_evening} h {List(_evening, _workday, up: true)} raise it most. {Both()}
            """);
        return new ReportSection(
            "Dissection: which neurons respond to the hour",
            text,
            Map("What each neuron adds by hour, working day", HiddenNeurons.ToMatrix(_workday, _order), HourLabels, "hour of the day", isDiverging: true),
            Map("What each neuron adds by hour, Sunday", HiddenNeurons.ToMatrix(_sunday, _order), HourLabels, "hour of the day", isDiverging: true),
            Map("Activations by hour, working day", Pick(_neurons.Activations(_probe.Day())), HourLabels, "hour of the day", isDiverging: false));
    }

    private ReportSection Causes()
    {
        (string Name, double[] Values)[] causes =
        [
            (At("working day, ", _morning), Change([("hr", _morning), ("weekday", BikeProbe.Sunday)], [("hr", _morning), ("weekday", BikeProbe.Wednesday)])),
            (At("working day, ", 13), Change([("hr", 13), ("weekday", BikeProbe.Sunday)], [("hr", 13), ("weekday", BikeProbe.Wednesday)])),
            (At("holiday, ", _morning), Change([("hr", _morning)], [("hr", _morning), ("holiday", 1)])),
            (At("rain, ", _evening), Change([("hr", _evening)], [("hr", _evening), ("weathersit", 3)])),
            (At("warmth, ", _evening), Change([("hr", _evening), ("temp", _probe.Cold)], [("hr", _evening), ("temp", _probe.Warm)])),
            (At("second year, ", _evening), Change([("hr", _evening), ("yr", 0)], [("hr", _evening)])),
        ];
        string warmth = string.Create(CultureInfo.InvariantCulture, $"from {_probe.Cold * 41:F0} to {_probe.Warm * 41:F0} °C, as the fifth and the ninety-fifth of a hundred training hours have it");
        string text = $"""
            One cause at a time is changed in the same typical hour: Sunday to Wednesday, an ordinary day to a holiday, clear sky to light rain (weathersit 3), temperature {warmth}, the first year to the second.

            {string.Join(" ", causes.Select(Sentence))}
            """;
        double[][] rows = [.. Enumerable.Range(0, _neurons.Count).Select(neuron => causes.Select(cause => cause.Values[neuron]).ToArray())];
        ReportTable table = new(
            "What all neurons together make of a cause",
            ["cause", "bikes an hour", "largest rise", "largest fall"],
            [.. causes.Select(cause => (IReadOnlyList<string>)[cause.Name, Signed(cause.Values.Sum()), Largest(cause.Values, 1), Largest(cause.Values, -1)])]);
        return new ReportSection(
            "Dissection: working day, weather and temperature",
            text,
            Map("Change of what each neuron adds", HiddenNeurons.ToMatrix(rows, _order), [.. causes.Select(cause => cause.Name)], "", isDiverging: true) with { IsWide = false },
            table);

        static string At(string cause, int hour) => string.Create(CultureInfo.InvariantCulture, $"{cause}{hour} h");
        static string Sentence((string Name, double[] Values) cause)
        {
            int[] largest = [.. Enumerable.Range(0, cause.Values.Length).OrderByDescending(neuron => Math.Abs(cause.Values[neuron])).Take(2)];
            return $"{char.ToUpperInvariant(cause.Name[0])}{cause.Name[1..]}: {Signed(cause.Values.Sum())} bikes, of which {string.Join(" and ", largest.Select(neuron => $"{HiddenNeurons.NameOf(neuron)} {Signed(cause.Values[neuron])}"))}.";
        }
    }

    private ReportSection Weights()
    {
        // The slope of a sigmoid is a quarter at most: so many bikes does a step of 1 in an input move a prediction through one neuron at most.
        Tensor<float> kernel = _neurons.Kernel;
        int inputs = kernel.Shape[0];
        double[][] through =
        [
            .. Enumerable.Range(0, _neurons.Count).Select(neuron =>
                Enumerable.Range(0, inputs).Select(input => kernel.Span[(input * _neurons.Count) + neuron] * _neurons.BikesAtOne[neuron] / 4).ToArray()),
        ];
        IReadOnlyList<string> features = _study.Splits.FeatureNames;
        (string Feature, double Sum)[] strongest =
            [.. features.Select((feature, input) => (feature, through.Sum(neuron => Math.Abs(neuron[input])))).OrderByDescending(pair => pair.Item2)];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Input weight times output weight, in bikes an hour: what a step of 1 in an input changes through a neuron where its sigmoid is steepest. Warm colours raise the prediction.

            Added up over the neurons without their signs, {string.Join(", ", strongest.Take(5).Select(pair => pair.Feature))} weigh most and {string.Join(", ", strongest.TakeLast(3).Select(pair => pair.Feature))} least.
            """);
        return new ReportSection("Dissection: weights", text, Map("From input to prediction through each neuron", HiddenNeurons.ToMatrix(through, _order), features, "input", isDiverging: true));
    }

    private ReportSection Week()
    {
        // The first seven days of the test part, from one midnight on.
        CsvTable table = _study.Splits.Table!;
        DateTime first = table.Dates("dteday")[_study.Splits.TestRows[^1]].Date.AddDays(-20);
        int[] samples = [.. Enumerable.Range(0, _study.Data.Test.Count).Where(sample => InWeek(table.Dates("dteday")[_study.Splits.TestRows[sample]]))];
        Dataset part = _study.Data.Test.Select(samples);
        BikeHours week = BikeHours.Predict(_study.Model, part, _study.Splits, [.. samples.Select(sample => _study.Splits.TestRows[sample])]);
        Tensor<float> activations = _neurons.Activations(part.X);
        (int Neuron, double Correlation)[] correlations =
        [
            .. Enumerable.Range(0, _neurons.Count)
                .Select(neuron => (neuron, Correlation(Array.ConvertAll(activations.Span.Slice(neuron * week.Count, week.Count).ToArray(), value => (double)value), week.Truth)))
                .OrderByDescending(pair => pair.Item2),
        ];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"The week from {first:d MMMM yyyy} on: counts above, below them the activation of every neuron in every hour. {Capital(HiddenNeurons.NameOf(correlations[0].Neuron))} follows the counts best (correlation {correlations[0].Correlation:F2}), {HiddenNeurons.NameOf(correlations[^1].Neuron)} runs most against them ({correlations[^1].Correlation:F2}).");
        string[] hours = [.. Enumerable.Range(0, week.Count).Select(hour => week.Hours[hour] == 12 ? week.Dates[hour].ToString("ddd", CultureInfo.InvariantCulture) : "")];
        return new ReportSection(
            "Dissection: a week",
            text,
            week.Plot("Rented bikes"),
            Map("Activations", Pick(activations), hours, "", isDiverging: false));

        bool InWeek(DateTime date) => date >= first && date < first.AddDays(7);
    }

    /// <summary>The neurons that move the prediction most at an hour, with how far.</summary>
    private static string List(int hour, double[][] swings, bool up)
    {
        IEnumerable<int> neurons = Enumerable.Range(0, swings.Length).OrderBy(neuron => up ? -swings[neuron][hour] : swings[neuron][hour]).Take(Named);
        string[] items = [.. neurons.Select(neuron => $"{HiddenNeurons.NameOf(neuron)} ({Signed(swings[neuron][hour])})")];
        return $"{string.Join(", ", items[..^1])} and {items[^1]}";
    }

    private string Both()
    {
        int[] both = [.. Top(_morning).Intersect(Top(_evening))];
        return both.Length == 0
            ? $"The {Named} strongest in the morning and in the evening are different neurons."
            : $"Among the {Named} strongest of both peaks: {string.Join(", ", both.Select(HiddenNeurons.NameOf))}.";

        IEnumerable<int> Top(int hour) => Enumerable.Range(0, _neurons.Count).OrderByDescending(neuron => _workday[neuron][hour]).Take(Named);
    }

    private Heatmap Map(string title, Tensor<float> values, IReadOnlyList<string> columns, string columnTitle, bool isDiverging) =>
        new(title, values, _names, columns) { IsWide = true, IsDiverging = isDiverging, ColumnTitle = columnTitle };

    private Tensor<float> Pick(Tensor<float> rows)
    {
        int columns = rows.Shape[1];
        var picked = new Tensor<float>(rows.Shape);
        for (int row = 0; row < _order.Length; row++)
        {
            rows.Span.Slice(_order[row] * columns, columns).CopyTo(picked.Span[(row * columns)..]);
        }

        return picked;
    }

    private double[] Change((string Column, double Value)[] from, (string Column, double Value)[] to) => _neurons.Change(_probe.Inputs(from, to));

    private static string Largest(double[] values, int sign)
    {
        int neuron = Enumerable.Range(0, values.Length).MaxBy(index => sign * values[index]);
        return sign * values[neuron] > 0 ? $"{HiddenNeurons.NameOf(neuron)} {Signed(values[neuron])}" : "none";
    }

    private static double[] CountsOfWorkingDays(DatasetSplits data)
    {
        CsvTable train = data.Table!.Select([.. data.TrainRows]);
        double[] counts = new double[24];
        for (int row = 0; row < train.RowCount; row++)
        {
            counts[(int)train.Numbers("hr")[row]] += train.Numbers("workingday")[row] * train.Numbers("cnt")[row];
        }

        return counts;
    }

    private static int PeakOf(double[] counts, int from, int to) => Enumerable.Range(from, to - from).MaxBy(hour => counts[hour]);

    private static double Correlation(double[] a, IReadOnlyList<double> b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        double scale = Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
        return scale > 0 ? covariance / scale : 0;
    }

    private static string Signed(double bikes) => string.Create(CultureInfo.InvariantCulture, $"{(bikes < 0 ? '−' : '+')}{Math.Abs(bikes):F0}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

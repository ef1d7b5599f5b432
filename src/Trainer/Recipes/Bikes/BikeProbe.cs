using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>
/// A typical hour that single inputs are swept in, while the others stay: clear sky, the second year, the most frequent month among the training
/// hours with its most frequent season and its mean temperature, humidity and wind.
/// </summary>
internal sealed class BikeProbe
{
    /// <summary>Wednesday and Sunday as <c>weekday</c> counts.</summary>
    public const int Wednesday = 3;

    public const int Sunday = 0;

    private static readonly string[] Weather = ["temp", "hum", "windspeed"];

    private readonly TableFeatures _features;
    private readonly OrderedDictionary<string, double> _typical;

    public BikeProbe(DatasetSplits data)
    {
        _features = data.Features!;
        CsvTable train = data.Table!.Select([.. data.TrainRows]);
        Month = (int)MostFrequent(train.Numbers("mnth").ToArray());
        CsvTable month = train.Select([.. Enumerable.Range(0, train.RowCount).Where(row => train.Numbers("mnth")[row] == Month)]);
        _typical = new OrderedDictionary<string, double>
        {
            ["yr"] = 1,
            ["holiday"] = 0,
            ["season"] = MostFrequent(month.Numbers("season").ToArray()),
            ["weathersit"] = 1,
            ["mnth"] = Month,
            ["hr"] = 12,
            ["weekday"] = Wednesday,
        };
        foreach (string column in Weather)
        {
            _typical[column] = month.Numbers(column).ToArray().Average();
        }

        double[] temperatures = [.. train.Numbers("temp").ToArray().Order()];
        Cold = temperatures[temperatures.Length / 20];
        Warm = temperatures[^((temperatures.Length / 20) + 1)];
    }

    /// <summary>The month of the typical hour, 1 to 12.</summary>
    public int Month { get; }

    /// <summary>The temperature, as the table has it, that one training hour in twenty is below.</summary>
    public double Cold { get; }

    /// <summary>The temperature, as the table has it, that one training hour in twenty is above.</summary>
    public double Warm { get; }

    /// <summary>Inputs [n, features] of the typical hour with some columns changed: one change a sample.</summary>
    public Tensor<float> Inputs(params IReadOnlyList<(string Column, double Value)[]> changes)
    {
        CsvTable table = CsvTable.FromNumbers("typical hour", [.. _typical.Select(entry => (entry.Key, Column(entry.Key, entry.Value, changes)))]);
        return _features.Transform(table);
    }

    /// <summary>Inputs [24, features] of every hour of the day with some columns changed.</summary>
    public Tensor<float> Day(params (string Column, double Value)[] change) =>
        Inputs([.. Enumerable.Range(0, 24).Select(hour => ((string, double)[])[("hr", hour), .. change])]);

    private static double[] Column(string name, double typical, IReadOnlyList<(string Column, double Value)[]> changes) =>
        [.. changes.Select(change => change.Where(entry => entry.Column == name).Select(entry => entry.Value).LastOrDefault(typical))];

    private static double MostFrequent(double[] values) => values.GroupBy(value => value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
}

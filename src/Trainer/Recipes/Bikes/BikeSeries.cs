using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Recipes.Bikes;

/// <summary>Counts of successive hours: a first half to train on, a second that follows, as functions of the number of the hour, counted from 0.</summary>
internal sealed class BikeSeries
{
    private readonly double[] _counts;

    public BikeSeries(ReadOnlySpan<double> counts)
    {
        _counts = counts.ToArray();
        Hours = _counts.Length / 2;
        var known = Standardizer.Fit(counts[..Hours]);
        (CountMean, CountStd) = (known.Means[0], known.StandardDeviations[0]);
        var numbers = Standardizer.Fit([.. Enumerable.Range(0, Hours).Select(number => (double)number)]);
        (NumberMean, NumberStd) = (numbers.Means[0], numbers.StandardDeviations[0]);
    }

    /// <summary>The number of hours of each half.</summary>
    public int Hours { get; }

    public double CountMean { get; }

    public double CountStd { get; }

    public double NumberMean { get; }

    public double NumberStd { get; }

    /// <summary>The counts, both halves.</summary>
    public IReadOnlyList<double> Counts => _counts;

    /// <summary>Standardised numbers and counts of one half, by the first half's means and deviations.</summary>
    /// <param name="from">The first hour.</param>
    public Dataset Standardized(int from) => new(
        Numbers(from, Hours, number => (number - NumberMean) / NumberStd),
        Column(Enumerable.Range(from, Hours).Select(hour => (_counts[hour] - CountMean) / CountStd)));

    /// <summary>The first half with counts as they are.</summary>
    /// <param name="scale">What becomes of the number of an hour.</param>
    public Dataset Raw(Func<double, double> scale) => new(Numbers(0, Hours, scale), Column(_counts.Take(Hours)));

    /// <summary>Numbers of hours as inputs, [n, 1].</summary>
    public static Tensor<float> Numbers(int from, int count, Func<double, double> scale) => Column(Enumerable.Range(from, count).Select(number => scale(number)));

    /// <summary>The root of the mean squared distance to the counts, bikes an hour.</summary>
    /// <param name="predicted">Predicted counts of successive hours.</param>
    /// <param name="from">The first of them.</param>
    public double RootMeanSquare(IEnumerable<double> predicted, int from) =>
        Math.Sqrt(predicted.Select((value, index) => (value - _counts[from + index]) * (value - _counts[from + index])).Average());

    private static Tensor<float> Column(IEnumerable<double> values)
    {
        float[] column = [.. values.Select(value => (float)value)];
        return Tensor.From<float>([column.Length, 1], column);
    }
}

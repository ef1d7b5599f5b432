using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Standardises each column: y = (x − mean) / standard deviation. Fit it on the training part only, and apply it to all parts.
/// A column whose values are all equal is only centred.
/// </summary>
public sealed class Standardizer : ColumnScaler
{
    /// <summary>Makes a standardizer of constants that are known.</summary>
    /// <param name="means">The mean of each column.</param>
    /// <param name="standardDeviations">The standard deviation of each column.</param>
    /// <exception cref="ArgumentException">The two differ in length, or a number is not finite, or a deviation is not above 0.</exception>
    public Standardizer(IReadOnlyList<double> means, IReadOnlyList<double> standardDeviations)
        : base(means?.ToArray() ?? [], standardDeviations?.ToArray() ?? [])
    {
        if (Offsets.Count != Scales.Count || Offsets.Any(mean => !double.IsFinite(mean)) || Scales.Any(deviation => !double.IsFinite(deviation) || deviation <= 0))
        {
            throw new ArgumentException(
                $"Standardizer: expected as many finite means as standard deviations above 0, got means {string.Join(", ", Offsets)} and deviations {string.Join(", ", Scales)}.");
        }
    }

    /// <summary>The mean of each column.</summary>
    public IReadOnlyList<double> Means => Offsets;

    /// <summary>The standard deviation of each column, 1 where all values were equal.</summary>
    public IReadOnlyList<double> StandardDeviations => Scales;

    /// <summary>Fits one column.</summary>
    /// <param name="values">The values of the training part.</param>
    /// <param name="ddof">
    /// Delta degrees of freedom: the squares' sum is divided by n − ddof. 0 is the deviation of the values themselves (NumPy, scikit-learn), 1 the
    /// unbiased estimate from a sample (pandas).
    /// </param>
    /// <exception cref="ArgumentException">There are no more values than <paramref name="ddof"/>, or one is not finite.</exception>
    public static Standardizer Fit(ReadOnlySpan<double> values, int ddof = 0)
    {
        (double mean, double deviation) = Moments(values, ddof, 0);
        return new Standardizer([mean], [deviation]);
    }

    /// <summary>Fits every column of a tensor.</summary>
    /// <param name="x">The training part, [n, …, columns], or [n] for one column.</param>
    /// <param name="ddof">Delta degrees of freedom, as in the other overload.</param>
    /// <exception cref="ArgumentException">There are no more rows than <paramref name="ddof"/>, or a value is not finite.</exception>
    public static Standardizer Fit(Tensor<float> x, int ddof = 0)
    {
        double[][] columns = ColumnsOf(x);
        var means = new double[columns.Length];
        var deviations = new double[columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            (means[column], deviations[column]) = Moments(columns[column], ddof, column);
        }

        return new Standardizer(means, deviations);
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<double> values, int ddof, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ddof);
        if (values.Length <= ddof)
        {
            throw new ArgumentException($"Standardizer: expected more than {ddof} values for ddof {ddof}, got {values.Length}.", nameof(values));
        }

        // Two passes: the sum of squares minus the square of the sum loses all digits where the mean is far from 0.
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        if (!double.IsFinite(mean))
        {
            throw new ArgumentException($"Standardizer: expected finite values, got others in column {column}; fill missing values in first.", nameof(values));
        }

        double squares = 0;
        bool constant = true;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
            constant &= value == values[0];
        }

        double deviation = Math.Sqrt(squares / (values.Length - ddof));
        return constant || deviation == 0 ? (mean, 1) : (mean, deviation);
    }
}

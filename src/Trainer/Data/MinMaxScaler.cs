using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Maps each column's range in the training part to [low, high]: y = low + (x − min) / (max − min) · (high − low). Values beyond the training
/// part's range come out beyond [low, high]. A column whose values are all equal is only moved to low.
/// </summary>
public sealed class MinMaxScaler : ColumnScaler
{
    private MinMaxScaler(double[] offsets, double[] scales)
        : base(offsets, scales)
    {
    }

    /// <summary>Fits one column.</summary>
    /// <param name="values">The values of the training part.</param>
    /// <param name="low">What the least value becomes.</param>
    /// <param name="high">What the greatest value becomes.</param>
    /// <exception cref="ArgumentException">There are no values, one is not finite, or <paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public static MinMaxScaler Fit(ReadOnlySpan<double> values, double low = 0, double high = 1)
    {
        (double offset, double scale) = Affine(values, low, high, 0);
        return new MinMaxScaler([offset], [scale]);
    }

    /// <summary>Fits every column of a tensor.</summary>
    /// <param name="x">The training part, [n, …, columns], or [n] for one column.</param>
    /// <param name="low">What the least value becomes.</param>
    /// <param name="high">What the greatest value becomes.</param>
    /// <exception cref="ArgumentException">There are no rows, a value is not finite, or <paramref name="high"/> is not above <paramref name="low"/>.</exception>
    public static MinMaxScaler Fit(Tensor<float> x, double low = 0, double high = 1)
    {
        double[][] columns = ColumnsOf(x);
        var offsets = new double[columns.Length];
        var scales = new double[columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            (offsets[column], scales[column]) = Affine(columns[column], low, high, column);
        }

        return new MinMaxScaler(offsets, scales);
    }

    private static (double Offset, double Scale) Affine(ReadOnlySpan<double> values, double low, double high, int column)
    {
        if (!(high > low) || !double.IsFinite(high - low))
        {
            throw new ArgumentException($"MinMaxScaler: expected a finite range of low below high, got {low} to {high}.", nameof(high));
        }

        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        foreach (double value in values)
        {
            // Math.Min and Math.Max hand a NaN on.
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        if (!double.IsFinite(greatest - least))
        {
            throw new ArgumentException($"MinMaxScaler: expected finite values, got {(values.IsEmpty ? "none" : "others")} in column {column}; fill missing values in first.", nameof(values));
        }

        double scale = greatest > least ? (greatest - least) / (high - low) : 1;
        return (least - (low * scale), scale);
    }
}

using System.Globalization;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Moves and scales each column by two constants that were fitted on the training part: y = (x − offset) / scale, in binary64, rounded once.
/// </summary>
public abstract class ColumnScaler
{
    private readonly double[] _offsets;
    private readonly double[] _scales;

    private protected ColumnScaler(double[] offsets, double[] scales)
    {
        _offsets = offsets;
        _scales = scales;
    }

    /// <summary>The number of columns.</summary>
    public int Count => _offsets.Length;

    /// <summary>What is subtracted from each column.</summary>
    public IReadOnlyList<double> Offsets => _offsets;

    /// <summary>What each column is then divided by; never 0.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>The two constants of every column as metadata text: <c>(x - 3.845) / 3.37, (x - 120.9) / 31.97</c>.</summary>
    public string Normalization => string.Join(", ", Enumerable.Range(0, Count).Select(Describe));

    /// <summary>A scaled copy.</summary>
    /// <param name="x">Values [n, …, columns], or [n] where there is one column.</param>
    /// <exception cref="ArgumentException">The last axis has another number of columns.</exception>
    public Tensor<float> Transform(Tensor<float> x) => Map(x, Transform);

    /// <summary>The way back: x = y · scale + offset.</summary>
    /// <inheritdoc cref="Transform(Tensor{float})"/>
    public Tensor<float> InverseTransform(Tensor<float> x) => Map(x, InverseTransform);

    /// <summary>One value, scaled.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">Its column.</param>
    public double Transform(double value, int column = 0) => (value - _offsets[column]) / _scales[column];

    /// <summary>One value, scaled back.</summary>
    /// <inheritdoc cref="Transform(double, int)"/>
    public double InverseTransform(double value, int column = 0) => (value * _scales[column]) + _offsets[column];

    internal string Describe(int column) => _offsets[column] == 0 && _scales[column] == 1
        ? "x"
        : string.Create(CultureInfo.InvariantCulture, $"(x - {_offsets[column]}) / {_scales[column]}");

    /// <summary>The values of one column of a dense tensor [n, …, columns].</summary>
    private protected static double[][] ColumnsOf(Tensor<float> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int columns = x.Shape.Rank > 1 ? x.Shape[^1] : 1;
        int rows = columns == 0 ? 0 : x.Length / columns;
        ReadOnlySpan<float> values = x.Contiguous() is Tensor<float> dense ? dense.Span : [];
        var result = new double[columns][];
        for (int column = 0; column < columns; column++)
        {
            result[column] = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                result[column][row] = values[(row * columns) + column];
            }
        }

        return result;
    }

    private Tensor<float> Map(Tensor<float> x, Func<double, int, double> map)
    {
        ArgumentNullException.ThrowIfNull(x);
        if ((x.Shape.Rank > 1 ? x.Shape[^1] : 1) != Count)
        {
            throw new ArgumentException($"{GetType().Name}: expected [n, {Count}] as in fitting{(Count == 1 ? ", or [n]" : "")}, got {x.Shape}.", nameof(x));
        }

        var y = new Tensor<float>(x.Shape);
        ReadOnlySpan<float> source = ((Tensor<float>)x.Contiguous()).Span;
        Span<float> destination = y.Span;
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = (float)map(source[i], i % Count);
        }

        return y;
    }
}

using Toolkit.Numerics;

namespace Toolkit.Export;

/// <summary>How far one tensor is from another, element by element.</summary>
/// <param name="MaxAbsolute">The greatest |x − reference|; infinite where one is NaN or infinite and the other is not the same.</param>
/// <param name="MaxRelative">
/// The greatest |x − reference| / max(|x|, |reference|, 1e-3). The floor keeps rounding noise around zero from looking large.
/// </param>
/// <param name="ArgMaxDisagreements">Rows whose greatest element stands elsewhere; counted where the tensor is [n, classes].</param>
/// <param name="Agrees">Whether every element is within the tolerance.</param>
public sealed record TensorDifference(double MaxAbsolute, double MaxRelative, int ArgMaxDisagreements, bool Agrees)
{
    private const double RelativeFloor = 1e-3;

    /// <summary>No difference.</summary>
    public static TensorDifference None { get; } = new(0, 0, 0, true);

    /// <summary>Compares two tensors of one shape.</summary>
    /// <param name="reference">What is held to be right.</param>
    /// <param name="actual">What is compared with it.</param>
    /// <param name="tolerance">What passes: |actual − reference| &lt;= tolerance · max(1, |reference|).</param>
    /// <exception cref="ArgumentException">Element types or shapes differ, or the elements are not numbers.</exception>
    public static TensorDifference Between(Tensor reference, Tensor actual, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(actual);
        if (reference.ElementType != actual.ElementType || reference.Shape != actual.Shape)
        {
            throw new ArgumentException(
                $"Cross-check: expected {reference.ElementType} {reference.Shape} as the reference gives, got {actual.ElementType} {actual.Shape}.", nameof(actual));
        }

        double[] expected = ToDoubles(reference);
        double[] got = ToDoubles(actual);
        double maxAbsolute = 0;
        double maxRelative = 0;
        bool agrees = true;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(got[i]))
            {
                continue;
            }

            double difference = Math.Abs(got[i] - expected[i]);
            if (!double.IsFinite(difference))
            {
                return new TensorDifference(double.PositiveInfinity, double.PositiveInfinity, ArgMaxDifferences(reference.Shape, expected, got), false);
            }

            double magnitude = Math.Abs(expected[i]);
            maxAbsolute = Math.Max(maxAbsolute, difference);
            maxRelative = Math.Max(maxRelative, difference / Math.Max(Math.Max(magnitude, Math.Abs(got[i])), RelativeFloor));
            agrees &= difference <= tolerance * Math.Max(1, magnitude);
        }

        return new TensorDifference(maxAbsolute, maxRelative, ArgMaxDifferences(reference.Shape, expected, got), agrees);
    }

    /// <summary>The worse of two in every respect; disagreements are the greater count.</summary>
    public TensorDifference Worst(TensorDifference other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new TensorDifference(
            Math.Max(MaxAbsolute, other.MaxAbsolute),
            Math.Max(MaxRelative, other.MaxRelative),
            Math.Max(ArgMaxDisagreements, other.ArgMaxDisagreements),
            Agrees && other.Agrees);
    }

    private static int ArgMaxDifferences(Shape shape, ReadOnlySpan<double> expected, ReadOnlySpan<double> got)
    {
        if (shape.Rank != 2 || shape[1] < 2)
        {
            return 0;
        }

        int count = 0;
        int columns = shape[1];
        for (int start = 0; start < expected.Length; start += columns)
        {
            if (ArgMax(expected.Slice(start, columns)) != ArgMax(got.Slice(start, columns)))
            {
                count++;
            }
        }

        return count;
    }

    private static int ArgMax(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[best])
            {
                best = i;
            }
        }

        return best;
    }

    private static double[] ToDoubles(Tensor tensor) => tensor switch
    {
        Tensor<float> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<double> values => values.ToArray(),
        Tensor<Half> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<long> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<int> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<sbyte> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<byte> values => Array.ConvertAll(values.ToArray(), value => (double)value),
        Tensor<bool> values => Array.ConvertAll(values.ToArray(), value => value ? 1.0 : 0.0),
        _ => throw new ArgumentException($"Cross-check: expected numbers, got elements of type {tensor.ElementType}; compare this output by hand."),
    };
}

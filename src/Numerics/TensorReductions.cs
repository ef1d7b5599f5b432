using System.Numerics;

namespace Toolkit.Numerics;

/// <summary>
/// Reductions over one axis, or over all elements (<c>x.Sum()</c> gives a scalar value). Sums run in index order, floating-point sums
/// in float64, so that a result does not depend on threads.
/// </summary>
public static class TensorReductions
{
    extension<T>(Tensor<T> x)
        where T : INumber<T>
    {
        /// <summary>The sum of all elements; 0 for none.</summary>
        public T Sum() => SumOf(x.Contiguous().Span);

        /// <summary>The sums along an axis.</summary>
        public Tensor<T> Sum(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, SumOf);

        /// <summary>The mean of all elements, in float64; NaN for none.</summary>
        public double Mean() => MeanOf(x.Contiguous().Span);

        /// <summary>The means along an axis, in float64.</summary>
        public Tensor<double> Mean(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, MeanOf);

        /// <summary>The population variance of all elements, Σ(x - mean)² / n.</summary>
        public double Variance() => VarianceOf(x.Contiguous().Span);

        /// <summary>The population variances along an axis.</summary>
        public Tensor<double> Variance(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, VarianceOf);

        /// <summary>The population standard deviation of all elements, √(Σ(x - mean)² / n).</summary>
        public double StandardDeviation() => Math.Sqrt(x.Variance());

        /// <summary>The population standard deviations along an axis.</summary>
        public Tensor<double> StandardDeviation(int axis, bool keepDims = false) => Tensor.Sqrt(x.Variance(axis, keepDims));

        /// <summary>The greatest element; NaN where there is one.</summary>
        /// <exception cref="InvalidOperationException">There is no element.</exception>
        public T Max() => MaxOf(x.Contiguous().Span);

        /// <summary>The greatest along an axis.</summary>
        public Tensor<T> Max(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, MaxOf);

        /// <summary>The smallest element; NaN where there is one.</summary>
        /// <exception cref="InvalidOperationException">There is no element.</exception>
        public T Min() => MinOf(x.Contiguous().Span);

        /// <summary>The smallest along an axis.</summary>
        public Tensor<T> Min(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, MinOf);

        /// <summary>The index of the greatest element in row-major order; the first of equals.</summary>
        /// <exception cref="InvalidOperationException">There is no element.</exception>
        public int ArgMax() => ArgMaxOf(x.Contiguous().Span);

        /// <summary>The indices of the greatest along an axis.</summary>
        public Tensor<int> ArgMax(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, ArgMaxOf);

        /// <summary>The index of the smallest element in row-major order; the first of equals.</summary>
        /// <exception cref="InvalidOperationException">There is no element.</exception>
        public int ArgMin() => ArgMinOf(x.Contiguous().Span);

        /// <summary>The indices of the smallest along an axis.</summary>
        public Tensor<int> ArgMin(int axis, bool keepDims = false) => Reduce(x, axis, keepDims, ArgMinOf);
    }

    extension(Tensor<bool> x)
    {
        /// <summary>Whether any element is true.</summary>
        public bool Any() => x.Contiguous().Span.Contains(true);

        /// <summary>Whether all elements are true.</summary>
        public bool All() => !x.Contiguous().Span.Contains(false);
    }

    private delegate TOut Reducer<TIn, TOut>(ReadOnlySpan<TIn> values);

    /// <summary>Moves the axis to the end, so that what is reduced lies together, then reduces row by row.</summary>
    private static Tensor<TOut> Reduce<TIn, TOut>(Tensor<TIn> x, int axis, bool keepDims, Reducer<TIn, TOut> reducer)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis = x.Shape.NormalizeAxis(axis);
        int[] order = [.. Enumerable.Range(0, x.Shape.Rank).Where(other => other != axis), axis];
        Tensor<TIn> rows = x.Transpose(order).Contiguous();
        int size = x.Shape[axis];
        var result = new Tensor<TOut>(new Shape(rows.Shape.Dimensions[..^1]));
        for (int i = 0; i < result.Length; i++)
        {
            result.Span[i] = reducer(rows.Span.Slice(i * size, size));
        }

        return keepDims ? result.ExpandDimensions(axis) : result;
    }

    private static T SumOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(Half))
        {
            double total = 0;
            foreach (T value in values)
            {
                total += double.CreateTruncating(value);
            }

            return T.CreateTruncating(total);
        }

        T sum = T.Zero;
        foreach (T value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double MeanOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T>
    {
        double sum = 0;
        foreach (T value in values)
        {
            sum += double.CreateTruncating(value);
        }

        return sum / values.Length;
    }

    private static double VarianceOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T>
    {
        double mean = MeanOf(values);
        double sum = 0;
        foreach (T value in values)
        {
            double deviation = double.CreateTruncating(value) - mean;
            sum += deviation * deviation;
        }

        return sum / values.Length;
    }

    private static T MaxOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => values[ArgMaxOf(values)];

    private static T MinOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => values[ArgMinOf(values)];

    private static int ArgMaxOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => ArgBest(values, static (candidate, best) => candidate > best);

    private static int ArgMinOf<T>(ReadOnlySpan<T> values)
        where T : INumber<T> => ArgBest(values, static (candidate, best) => candidate < best);

    private static int ArgBest<T>(ReadOnlySpan<T> values, Func<T, T, bool> isBetter)
        where T : INumber<T>
    {
        if (values.IsEmpty)
        {
            throw new InvalidOperationException("Tensor: the greatest or smallest of no elements is not defined.");
        }

        int best = 0;
        for (int i = 1; i < values.Length && !T.IsNaN(values[best]); i++)
        {
            if (isBetter(values[i], values[best]) || T.IsNaN(values[i]))
            {
                best = i;
            }
        }

        return best;
    }
}

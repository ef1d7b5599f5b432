using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Reductions with an order of summation that depends on the sizes alone, never on the number of workers.</summary>
public static class Reduction
{
    /// <summary>Σ x[i]; 0 for an empty span.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T value in x)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>y[c] = Σ_r x[r,c], or y[c] += … when accumulating: a bias's gradient.</summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int c = 0; c < columns; c++)
        {
            T sum = T.Zero;
            for (int r = 0; r < rows; r++)
            {
                sum += x[(r * columns) + c];
            }

            y[c] = accumulate ? y[c] + sum : sum;
        }
    }

    /// <summary>The index of the greatest element of every row; the first of equals. A NaN counts as the greatest.</summary>
    public static void ArgMax<T>(ReadOnlySpan<T> x, Span<int> indices, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * columns, columns);
            int best = 0;
            for (int c = 1; c < columns && !T.IsNaN(row[best]); c++)
            {
                // Not "greater": a NaN compares false with everything and must win.
                best = row[c] <= row[best] ? best : c;
            }

            indices[r] = best;
        }
    }

    /// <summary>The dot product of two vectors: Σ x[i] · y[i].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum = T.FusedMultiplyAdd(x[i], y[i], sum);
        }

        return sum;
    }
}

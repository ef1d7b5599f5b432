using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Softmax over the rows of a [rows, columns] matrix, the row's maximum subtracted first.</summary>
public static class Softmax
{
    /// <summary>y[r,c] = exp(x[r,c] - max_c x[r,c]) / Σ_c exp(x[r,c] - max_c x[r,c]). x and y may be the same memory.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            ForwardRow(x.Slice(r * columns, columns), y.Slice(r * columns, columns), out _, out _);
        }
    }

    /// <summary>dx[r,c] = y[r,c] · (dy[r,c] - Σ_c dy[r,c] · y[r,c]), added to dx when accumulating.</summary>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            T dot = Reduction.Dot(y.Slice(r * columns, columns), dy.Slice(r * columns, columns));
            for (int i = r * columns; i < (r + 1) * columns; i++)
            {
                T value = y[i] * (dy[i] - dot);
                dx[i] = accumulate ? dx[i] + value : value;
            }
        }
    }

    /// <summary>
    /// Softmax with cross-entropy in one pass: probabilities[r,c] = softmax(logits)[r,c] and
    /// losses[r] = Σ_c targets[r,c] · (log Σ exp(logits[r,:] - max) - (logits[r,c] - max)).
    /// </summary>
    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = logits.Slice(r * columns, columns);
            ForwardRow(row, probabilities.Slice(r * columns, columns), out T max, out T logSum);
            T loss = T.Zero;
            for (int c = 0; c < columns; c++)
            {
                loss += targets[(r * columns) + c] * (logSum - (row[c] - max));
            }

            losses[r] = loss;
        }
    }

    /// <summary>As <see cref="CrossEntropy"/> with one class index a row (an integer value held in a T).</summary>
    /// <exception cref="ArgumentException">An index is not an integer in [0, columns).</exception>
    public static void SparseCrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> labels, Span<T> probabilities, Span<T> losses, int rows, int columns, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            if (!T.IsInteger(labels[r]) || labels[r] < T.Zero || labels[r] >= T.CreateChecked(columns))
            {
                throw new ArgumentException($"SparseCrossEntropy: expected labels that are integers in [0, {columns}), got {labels[r]} in row {r}.", nameof(labels));
            }

            ReadOnlySpan<T> row = logits.Slice(r * columns, columns);
            ForwardRow(row, probabilities.Slice(r * columns, columns), out T max, out T logSum);
            losses[r] = logSum - (row[int.CreateChecked(labels[r])] - max);
        }
    }

    private static void ForwardRow<T>(ReadOnlySpan<T> x, Span<T> y, out T max, out T logSum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        max = T.NegativeInfinity;
        foreach (T value in x)
        {
            max = value > max ? value : max;
        }

        T sum = T.Zero;
        for (int c = 0; c < x.Length; c++)
        {
            y[c] = T.Exp(x[c] - max);
            sum += y[c];
        }

        for (int c = 0; c < x.Length; c++)
        {
            y[c] /= sum;
        }

        logSum = T.Log(sum);
    }
}

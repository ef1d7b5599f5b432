using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Metrics;

/// <summary>How many rows of a batch are classified right, by each of the ways to write a class.</summary>
internal static class ClassCounts
{
    private const int RowsAtOnce = 128;

    /// <summary>Elements where (prediction above the threshold) is what the target says.</summary>
    public static long Binary(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, float threshold)
    {
        long right = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            right += targets[i] == (predictions[i] > threshold ? 1f : 0f) ? 1 : 0;
        }

        return right;
    }

    /// <summary>Rows whose greatest prediction is at the greatest target.</summary>
    public static long Categorical(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns)
    {
        Span<int> predicted = stackalloc int[RowsAtOnce];
        Span<int> wanted = stackalloc int[RowsAtOnce];
        long right = 0;
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            Reduction.ArgMax(predictions.Slice(start * columns, count * columns), predicted[..count], count, columns);
            Reduction.ArgMax(targets.Slice(start * columns, count * columns), wanted[..count], count, columns);
            for (int i = 0; i < count; i++)
            {
                right += predicted[i] == wanted[i] ? 1 : 0;
            }
        }

        return right;
    }

    /// <summary>Rows whose greatest prediction is at the target's index. An index that is no class is never right.</summary>
    public static long Sparse(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns)
    {
        Span<int> predicted = stackalloc int[RowsAtOnce];
        long right = 0;
        for (int start = 0; start < rows; start += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - start);
            Reduction.ArgMax(predictions.Slice(start * columns, count * columns), predicted[..count], count, columns);
            for (int i = 0; i < count; i++)
            {
                right += predicted[i] == targets[start + i] ? 1 : 0;
            }
        }

        return right;
    }
}

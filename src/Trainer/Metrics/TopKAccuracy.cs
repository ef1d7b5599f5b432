using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The share of samples for which fewer than k outputs are greater than the output of the true class. Targets are one-hot or a class index,
/// by the shapes.
/// </summary>
public sealed class TopKAccuracy : MeanMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="k">How many guesses there are, 1 or more.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKAccuracy(int k = 5, string name = "top_k_categorical_accuracy")
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        K = k;
    }

    /// <summary>How many guesses there are.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        if (targetColumns != 1)
        {
            CheckSameColumns(columns, targetColumns);
        }

        long right = 0;
        Span<int> wanted = stackalloc int[1];
        for (int row = 0; row < rows; row++)
        {
            if (targetColumns == 1)
            {
                wanted[0] = ClassOf(targets[row], row, columns);
            }
            else
            {
                Reduction.ArgMax(targets.Slice(row * columns, columns), wanted, 1, columns);
            }

            ReadOnlySpan<float> outputs = predictions.Slice(row * columns, columns);
            float score = outputs[wanted[0]];
            int greater = 0;
            foreach (float output in outputs)
            {
                greater += output > score ? 1 : 0;
            }

            right += greater < K && !float.IsNaN(score) ? 1 : 0;
        }

        Add(right, rows);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new TopKAccuracy(K, Name);
}

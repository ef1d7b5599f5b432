namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The share of samples whose greatest output is at the target's class index: targets [rows, 1]. Of equal outputs the first counts.
/// </summary>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalAccuracy(string name = "sparse_categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        if (targetColumns != 1)
        {
            throw new ArgumentException(
                $"{Name}: expected one class index a sample as target, got {targetColumns} values; "
                + "use CategoricalAccuracy for one-hot targets.",
                nameof(targetColumns));
        }

        Add(ClassCounts.Sparse(predictions, targets, rows, columns), rows);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new SparseCategoricalAccuracy(Name);
}

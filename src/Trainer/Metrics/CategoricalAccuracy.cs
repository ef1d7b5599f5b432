namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The share of samples whose greatest output is at the greatest target: one-hot targets, [rows, classes]. Of equals the first counts.
/// </summary>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalAccuracy(string name = "categorical_accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        CheckSameColumns(columns, targetColumns);
        Add(ClassCounts.Categorical(predictions, targets, rows, columns), rows);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new CategoricalAccuracy(Name);
}

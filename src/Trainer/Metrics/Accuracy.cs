namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The share of right predictions, by the rule that the shapes call for, as Keras's <c>"accuracy"</c>: one output a sample is
/// <see cref="BinaryAccuracy"/>; more with one target is <see cref="SparseCategoricalAccuracy"/>; more with as many targets is
/// <see cref="CategoricalAccuracy"/>.
/// </summary>
/// <param name="name">The name in logs.</param>
public sealed class Accuracy(string name = "accuracy") : MeanMetric(name)
{
    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        if (targetColumns == 1 && columns > 1)
        {
            Add(ClassCounts.Sparse(predictions, targets, rows, columns), rows);
            return;
        }

        CheckSameColumns(columns, targetColumns);
        Add(columns == 1 ? ClassCounts.Binary(predictions, targets, 0.5f) : ClassCounts.Categorical(predictions, targets, rows, columns), rows);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new Accuracy(Name);
}

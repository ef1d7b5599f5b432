namespace Toolkit.Trainer.Metrics;

/// <summary>The share of outputs for which (prediction &gt; threshold) is what the target, 0 or 1, says.</summary>
/// <param name="threshold">The threshold; what is above it counts as 1.</param>
/// <param name="name">The name in logs.</param>
public sealed class BinaryAccuracy(double threshold = 0.5, string name = "binary_accuracy") : MeanMetric(name)
{
    /// <summary>The threshold.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        CheckSameColumns(columns, targetColumns);
        Add(ClassCounts.Binary(predictions, targets, (float)Threshold), predictions.Length);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new BinaryAccuracy(Threshold, Name);
}

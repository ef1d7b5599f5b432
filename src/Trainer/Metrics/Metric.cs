namespace Toolkit.Trainer.Metrics;

/// <summary>A figure of quality over all samples seen since the last reset. Updating allocates nothing.</summary>
public abstract class Metric
{
    /// <summary>The metric's name in logs: <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The figure so far; NaN where no sample was seen.</summary>
    public abstract double Result { get; }

    /// <summary>Adds a batch.</summary>
    /// <param name="predictions">The model's outputs, [rows, columns].</param>
    /// <param name="targets">The targets, [rows, targetColumns]: one-hot or values, or one class index a row.</param>
    /// <param name="rows">Samples in the batch.</param>
    /// <param name="columns">Outputs a sample.</param>
    /// <param name="targetColumns">Targets a sample; 1 with more columns means class indices.</param>
    public abstract void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns);

    /// <summary>Forgets everything seen.</summary>
    public abstract void Reset();

    /// <summary>A metric with the same settings that has seen nothing.</summary>
    public abstract Metric Fresh();
}

using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>A figure of quality over all samples seen since the last reset. Updating allocates nothing.</summary>
public abstract class Metric
{
    /// <summary>The metric's name in logs: <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a greater figure is a better one: true of an accuracy, false of an error.</summary>
    public virtual bool GreaterIsBetter => true;

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

    /// <summary>Writes down for a checkpoint what was seen since the last reset.</summary>
    /// <param name="state">Receives it.</param>
    /// <exception cref="NotSupportedException">The metric does not do it: a training with it cannot be resumed.</exception>
    public virtual void SaveState(SavedState state) => throw WithoutState(nameof(SaveState));

    /// <summary>Takes back what <see cref="SaveState"/> wrote.</summary>
    /// <param name="state">What was written.</param>
    /// <exception cref="NotSupportedException">The metric does not do it: a training with it cannot be resumed.</exception>
    public virtual void RestoreState(SavedState state) => throw WithoutState(nameof(RestoreState));

    /// <summary>
    /// Makes a metric with its default settings from its name in Keras, which it then has in logs: <c>accuracy</c>, <c>mae</c>.
    /// </summary>
    /// <exception cref="ArgumentException">No metric has that name; the message lists those that there are.</exception>
    public static Metric FromName(string name) => MetricNames.Create(name);

    /// <summary>Makes a metric with its default settings from its name: <c>metrics: ["accuracy"]</c>.</summary>
    /// <exception cref="ArgumentException">No metric has that name; the message lists those that there are.</exception>
    public static implicit operator Metric(string name) => FromName(name);

    private protected void CheckBatch(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        bool hasSizes = rows >= 0 && columns > 0 && targetColumns > 0;
        if (!hasSizes || predictions.Length != (long)rows * columns || targets.Length != (long)rows * targetColumns)
        {
            throw new ArgumentException(
                $"{Name}: expected predictions [{rows},{columns}] and targets [{rows},{targetColumns}], "
                + $"got {predictions.Length} and {targets.Length} values.");
        }
    }

    private protected void CheckSameColumns(int columns, int targetColumns)
    {
        if (columns != targetColumns)
        {
            throw new ArgumentException(
                $"{Name}: expected as many targets as outputs a sample, got {targetColumns} and {columns}.", nameof(targetColumns));
        }
    }

    private NotSupportedException WithoutState(string method) =>
        new($"{Name}: {GetType().Name} cannot be part of a checkpoint; override {nameof(SaveState)} and {nameof(RestoreState)}, got no {method}, or train without Checkpoint.");

    private protected int ClassOf(float target, int row, int columns)
    {
        var index = (int)target;
        return index == target && (uint)index < (uint)columns
            ? index
            : throw new ArgumentException(
                $"{Name}: expected a class index of 0 to {columns - 1} as target, got {target} in row {row} of the batch.", nameof(target));
    }
}

using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>
/// A metric of yes-or-no decisions, as Keras's Precision and Recall take them: every output is a decision, yes where it is above the
/// threshold; targets are 0 or 1 for every output, or one class index a sample, which is read as one-hot. With a class, only its output
/// counts.
/// </summary>
public abstract class DecisionMetric : Metric
{
    private long _decisions;

    private protected DecisionMetric(double threshold, int? classIndex, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex ?? 0, nameof(classIndex));
        Threshold = threshold;
        ClassIndex = classIndex;
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What is above it counts as yes.</summary>
    public double Threshold { get; }

    /// <summary>The class whose output counts; null for all.</summary>
    public int? ClassIndex { get; }

    /// <summary>Yes, and rightly.</summary>
    public long TruePositives { get; private set; }

    /// <summary>Yes where no was right.</summary>
    public long FalsePositives { get; private set; }

    /// <summary>No where yes was right.</summary>
    public long FalseNegatives { get; private set; }

    /// <inheritdoc/>
    public override double Result => _decisions == 0 ? double.NaN : Compute();

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        bool areIndices = targetColumns == 1 && columns > 1;
        if (!areIndices)
        {
            CheckSameColumns(columns, targetColumns);
        }

        if (ClassIndex >= columns)
        {
            throw new ArgumentException(
                $"{Name}: expected at least {ClassIndex + 1} outputs a sample for class {ClassIndex}, got {columns}.", nameof(columns));
        }

        int first = ClassIndex ?? 0;
        int end = ClassIndex + 1 ?? columns;
        var threshold = (float)Threshold;
        for (int row = 0; row < rows; row++)
        {
            int wanted = areIndices ? ClassOf(targets[row], row, columns) : 0;
            for (int column = first; column < end; column++)
            {
                bool isTrue = areIndices ? column == wanted : targets[(row * columns) + column] != 0;
                bool saysYes = predictions[(row * columns) + column] > threshold;
                TruePositives += isTrue && saysYes ? 1 : 0;
                FalsePositives += !isTrue && saysYes ? 1 : 0;
                FalseNegatives += isTrue && !saysYes ? 1 : 0;
            }
        }

        _decisions += (long)rows * (end - first);
    }

    /// <inheritdoc/>
    public override void Reset() => (TruePositives, FalsePositives, FalseNegatives, _decisions) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("counts", [TruePositives, FalsePositives, FalseNegatives, _decisions]);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        long[] counts = state.GetInt64s("counts");
        (TruePositives, FalsePositives, FalseNegatives, _decisions) = counts is [var truePositives, var falsePositives, var falseNegatives, var decisions]
            ? (truePositives, falsePositives, falseNegatives, decisions)
            : throw new CheckpointException($"{Name}: expected 4 counts in the checkpoint, got {counts.Length}.");
    }

    private protected abstract double Compute();

    private protected static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}

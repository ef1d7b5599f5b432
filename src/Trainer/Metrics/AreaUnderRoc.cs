using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the chance that a positive's prediction is greater than a negative's, ties counted
/// half. Predictions are told apart at thresholds i / (n − 1), as in Keras's AUC (trapezoids between the thresholds), so that memory does
/// not grow with the samples. Several outputs are counted together. NaN until a positive and a negative were seen.
/// </summary>
/// <remarks>Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006.</remarks>
public sealed class AreaUnderRoc : Metric
{
    private readonly long[] _positives;
    private readonly long[] _negatives;

    /// <summary>Makes the metric.</summary>
    /// <param name="thresholds">n, 2 or more; Keras's default is 200.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two thresholds.</exception>
    public AreaUnderRoc(int thresholds = 200, string name = "auc")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(thresholds, 2);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Thresholds = thresholds;
        _positives = new long[thresholds - 1];
        _negatives = new long[thresholds - 1];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The number of thresholds.</summary>
    public int Thresholds { get; }

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            double pairsInOrder = 0;
            long positives = 0;
            long negatives = 0;
            for (int bucket = 0; bucket < _positives.Length; bucket++)
            {
                pairsInOrder += _positives[bucket] * (negatives + (_negatives[bucket] / 2.0));
                positives += _positives[bucket];
                negatives += _negatives[bucket];
            }

            return positives == 0 || negatives == 0 ? double.NaN : pairsInOrder / positives / negatives;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes do not fit, or a prediction is not in [0, 1].</exception>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        CheckSameColumns(columns, targetColumns);
        for (int i = 0; i < predictions.Length; i++)
        {
            float prediction = predictions[i];
            if (prediction is not (>= 0 and <= 1))
            {
                throw new ArgumentException(
                    $"{Name}: expected predictions of 0 to 1, got {prediction} in row {i / columns} of the batch; end the model with a sigmoid.",
                    nameof(predictions));
            }

            // Bucket b holds (b, b + 1] / (n - 1); the first holds 0 too.
            int bucket = Math.Max(0, (int)Math.Ceiling(prediction * (double)_positives.Length) - 1);
            if (targets[i] != 0)
            {
                _positives[bucket]++;
            }
            else
            {
                _negatives[bucket]++;
            }
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_positives);
        Array.Clear(_negatives);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new AreaUnderRoc(Thresholds, Name);

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("positives", _positives);
        state.Set("negatives", _negatives);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        long[] positives = state.GetInt64s("positives");
        long[] negatives = state.GetInt64s("negatives");
        if (positives.Length != _positives.Length || negatives.Length != _negatives.Length)
        {
            throw new CheckpointException($"{Name}: expected counts between {Thresholds} thresholds in the checkpoint, got {positives.Length + 1}.");
        }

        positives.CopyTo(_positives, 0);
        negatives.CopyTo(_negatives, 0);
    }
}

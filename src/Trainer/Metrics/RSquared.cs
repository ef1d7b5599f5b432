using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The coefficient of determination, R² = 1 − Σ(y − p)² / Σ(y − ȳ)², the mean over the outputs. Where a target never changes it is 1 for
/// exact predictions and 0 for others, as in scikit-learn.
/// </summary>
public sealed class RSquared : Metric
{
    private double[] _means = [];
    private double[] _squaredDeviations = [];
    private double[] _squaredErrors = [];
    private long _count;

    /// <summary>Makes the metric.</summary>
    /// <param name="name">The name in logs.</param>
    public RSquared(string name = "r2_score")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            if (_count == 0)
            {
                return double.NaN;
            }

            double sum = 0;
            for (int column = 0; column < _means.Length; column++)
            {
                sum += _squaredDeviations[column] > 0 ? 1 - (_squaredErrors[column] / _squaredDeviations[column])
                    : _squaredErrors[column] == 0 ? 1 : 0;
            }

            return sum / _means.Length;
        }
    }

    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets, int rows, int columns, int targetColumns)
    {
        CheckBatch(predictions, targets, rows, columns, targetColumns);
        CheckSameColumns(columns, targetColumns);
        if (columns != _means.Length)
        {
            if (_count > 0)
            {
                throw new ArgumentException(
                    $"{Name}: expected {_means.Length} outputs a sample as before, got {columns}; call Reset first.", nameof(columns));
            }

            (_means, _squaredDeviations, _squaredErrors) = (new double[columns], new double[columns], new double[columns]);
        }

        for (int row = 0; row < rows; row++)
        {
            _count++;
            for (int column = 0; column < columns; column++)
            {
                double target = targets[(row * columns) + column];
                double error = target - predictions[(row * columns) + column];
                _squaredErrors[column] += error * error;

                // Welford's update: Σy² − n·ȳ² would lose everything where the mean is great and the spread small.
                double before = target - _means[column];
                _means[column] += before / _count;
                _squaredDeviations[column] += before * (target - _means[column]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _count = 0;
        Array.Clear(_means);
        Array.Clear(_squaredDeviations);
        Array.Clear(_squaredErrors);
    }

    /// <inheritdoc/>
    public override Metric Fresh() => new RSquared(Name);

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("means", _means);
        state.Set("squared_deviations", _squaredDeviations);
        state.Set("squared_errors", _squaredErrors);
        state.Set("count", _count);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (double[] means, double[] deviations, double[] errors) = (state.GetDoubles("means"), state.GetDoubles("squared_deviations"), state.GetDoubles("squared_errors"));
        if (deviations.Length != means.Length || errors.Length != means.Length)
        {
            throw new CheckpointException($"{Name}: expected as many sums as means in the checkpoint, got {means.Length}, {deviations.Length} and {errors.Length}.");
        }

        (_means, _squaredDeviations, _squaredErrors, _count) = (means, deviations, errors, state.GetInt64("count"));
    }
}

using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Multiplies the learning rate by a factor when a figure has not become better for some epochs, and writes the rate of the epoch into the
/// log as <c>learning_rate</c>. Keras's ReduceLROnPlateau; a figure that is not in the log is an error here, not a warning.
/// </summary>
public sealed class ReduceLearningRateOnPlateau : Callback
{
    private readonly Monitor _monitor;
    private double? _best;
    private int _wait;
    private int _cooldownLeft;

    /// <summary>Makes the callback with Keras's defaults.</summary>
    /// <param name="monitor">The figure's name in the log.</param>
    /// <param name="factor">What the rate is multiplied by: above 0 and below 1.</param>
    /// <param name="patience">How many epochs in a row may be no better before the rate is reduced.</param>
    /// <param name="mode">Which way the figure gets better.</param>
    /// <param name="minDelta">How much better it must be to count.</param>
    /// <param name="cooldown">How many epochs after a reduction do not count.</param>
    /// <param name="minimum">The least rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ReduceLearningRateOnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        MonitorMode mode = MonitorMode.Auto,
        double minDelta = 1e-4,
        int cooldown = 0,
        double minimum = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        if (factor is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(factor), factor, $"ReduceLearningRateOnPlateau: expected a factor above 0 and below 1, got {factor}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(minDelta);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        _monitor = new Monitor(nameof(ReduceLearningRateOnPlateau), monitor, mode, minDelta);
        Factor = factor;
        Patience = patience;
        Cooldown = cooldown;
        Minimum = minimum;
    }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>How many epochs in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>How many epochs after a reduction do not count.</summary>
    public int Cooldown { get; }

    /// <summary>The least rate.</summary>
    public double Minimum { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run)
    {
        _best = null;
        _wait = 0;
        _cooldownLeft = 0;
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_best is { } best)
        {
            state.Set("best", best);
        }

        state.Set("wait", _wait);
        state.Set("cooldown_left", _cooldownLeft);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Contains("best") ? state.GetDouble("best") : null;
        _wait = (int)state.GetInt64("wait");
        _cooldownLeft = (int)state.GetInt64("cooldown_left");
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The figure is not in the log, or <see cref="MonitorMode.Auto"/> does not know
    /// it.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        double rate = run.Optimizer.LearningRate;
        log.Values["learning_rate"] = rate;
        double value = _monitor.Read(log);
        if (_cooldownLeft > 0)
        {
            _cooldownLeft--;
            _wait = 0;
        }

        if (_monitor.IsBetter(run, value, _best))
        {
            _best = value;
            _wait = 0;
        }
        else if (_cooldownLeft == 0 && ++_wait >= Patience && rate > Minimum)
        {
            run.Optimizer.LearningRate = Math.Max(rate * Factor, Minimum);
            _cooldownLeft = Cooldown;
            _wait = 0;
        }
    }
}

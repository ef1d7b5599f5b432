using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Ends training when a figure has not become better for some epochs. Rules and defaults are Keras's; a figure that is not in the log is an
/// error here, not a warning, and NaN never counts as better.
/// </summary>
public sealed class EarlyStopping : Callback
{
    private readonly Monitor _monitor;
    private float[]? _bestWeights;
    private int _wait;

    /// <summary>Makes the callback with Keras's defaults.</summary>
    /// <param name="monitor">The figure's name in the log.</param>
    /// <param name="minDelta">How much better it must be to count.</param>
    /// <param name="patience">How many epochs in a row may be no better before training ends; 0 is treated as 1.</param>
    /// <param name="mode">Which way the figure gets better.</param>
    /// <param name="restoreBestWeights">Whether the model gets the weights of its best epoch back at the end, however training
    /// ends.</param>
    /// <param name="baseline">What the figure must beat for an epoch to count as better; null for no such bound.</param>
    /// <param name="startFromEpoch">The first epoch that counts; the first of all is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0,
        int patience = 0,
        MonitorMode mode = MonitorMode.Auto,
        bool restoreBestWeights = false,
        double? baseline = null,
        int startFromEpoch = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        ArgumentOutOfRangeException.ThrowIfNegative(minDelta);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(startFromEpoch);
        _monitor = new Monitor(nameof(EarlyStopping), monitor, mode, minDelta);
        Patience = patience;
        RestoreBestWeights = restoreBestWeights;
        Baseline = baseline;
        StartFromEpoch = startFromEpoch;
    }

    /// <summary>How many epochs in a row may be no better.</summary>
    public int Patience { get; }

    /// <summary>Whether the model gets the weights of its best epoch back.</summary>
    public bool RestoreBestWeights { get; }

    /// <summary>What the figure must beat for an epoch to count as better.</summary>
    public double? Baseline { get; }

    /// <summary>The first epoch that counts.</summary>
    public int StartFromEpoch { get; }

    /// <summary>The best value so far; null before the first.</summary>
    public double? Best { get; private set; }

    /// <summary>The epoch of the best value; null before the first.</summary>
    public int? BestEpoch { get; private set; }

    /// <summary>The epoch after which training was ended; null where it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run)
    {
        (Best, BestEpoch, StoppedEpoch) = (null, null, null);
        _bestWeights = null;
        _wait = 0;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The figure is not in the log, or <see cref="MonitorMode.Auto"/> does not know
    /// it.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        double value = _monitor.Read(log);
        if (epoch < StartFromEpoch)
        {
            return;
        }

        _wait++;
        if (_monitor.IsBetter(run, value, Best))
        {
            (Best, BestEpoch) = (value, epoch);
            if (RestoreBestWeights)
            {
                _bestWeights = run.Model.CopyWeights();
            }

            if (Baseline is null || _monitor.IsBetter(run, value, Baseline))
            {
                _wait = 0;
            }
        }
        else if (_wait >= Patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            run.StopRequested = true;
        }
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("wait", _wait);
        if (Best is { } best)
        {
            state.Set("best", best);
            state.Set("best_epoch", BestEpoch ?? 0);
        }

        if (StoppedEpoch is { } stopped)
        {
            state.Set("stopped_epoch", stopped);
        }

        if (_bestWeights is not null)
        {
            state.Set("best_weights", _bestWeights);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _wait = (int)state.GetInt64("wait");
        Best = state.Contains("best") ? state.GetDouble("best") : null;
        BestEpoch = Best is null ? null : (int)state.GetInt64("best_epoch");
        StoppedEpoch = state.Contains("stopped_epoch") ? (int)state.GetInt64("stopped_epoch") : null;
        _bestWeights = state.Contains("best_weights") ? state.GetSingles("best_weights") : null;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_bestWeights is not null)
        {
            run.Model.RestoreWeights(_bestWeights);
            _bestWeights = null;
        }
    }
}

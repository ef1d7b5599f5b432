using System.Globalization;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Writes the weights into a safetensors file after every epoch, or after those that are the best so far: Keras's ModelCheckpoint with
/// <c>save_weights_only</c>. <see cref="Model.LoadWeights"/> reads it. To go on with a training, use <see cref="Checkpoint"/>.
/// </summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly Monitor _monitor;

    /// <summary>Makes the callback with Keras's defaults.</summary>
    /// <param name="path">The file. <c>{epoch}</c> in it becomes the number of the epoch, the first being 1, in three digits or more.</param>
    /// <param name="monitor">The figure's name in the log; read where only the best are saved.</param>
    /// <param name="saveBestOnly">Whether to save only when the figure is better than ever before in this training.</param>
    /// <param name="mode">Which way the figure gets better.</param>
    public ModelCheckpoint(string path, string monitor = "val_loss", bool saveBestOnly = false, MonitorMode mode = MonitorMode.Auto)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(monitor);
        _monitor = new Monitor(nameof(ModelCheckpoint), monitor, mode, 0);
        FilePath = path;
        SaveBestOnly = saveBestOnly;
    }

    /// <summary>The file, with <c>{epoch}</c> where the epoch's number goes.</summary>
    public string FilePath { get; }

    /// <summary>Whether only the best weights are saved.</summary>
    public bool SaveBestOnly { get; }

    /// <summary>The best value so far; null before the first, or where every epoch is saved.</summary>
    public double? Best { get; private set; }

    /// <summary>The epoch that was saved last, the first being 0; null before the first.</summary>
    public int? SavedEpoch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run) => (Best, SavedEpoch) = (null, null);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The figure is not in the log, or <see cref="MonitorMode.Auto"/> does not know it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        if (SaveBestOnly)
        {
            double value = _monitor.Read(log);
            if (!_monitor.IsBetter(run, value, Best))
            {
                return;
            }

            Best = value;
        }

        run.Model.SaveWeights(FilePath.Replace("{epoch}", (epoch + 1).ToString("D3", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        SavedEpoch = epoch;
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("saved_epoch", SavedEpoch ?? -1);
        if (Best is { } best)
        {
            state.Set("best", best);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        SavedEpoch = state.GetInt64("saved_epoch") is >= 0 and var epoch ? (int)epoch : null;
        Best = state.Contains("best") ? state.GetDouble("best") : null;
    }
}

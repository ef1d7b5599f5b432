using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Writes the figures of every epoch as TensorBoard event files, as Keras's TensorBoard does: <c>train/</c> and <c>validation/</c> under the folder, a
/// scalar <c>epoch_loss</c> and so on a figure, the step being the epoch, the first 0; with steps asked for, also <c>batch_loss</c> and <c>batch_</c> and the
/// metric's name over all training steps. Show them with <c>tensorboard --logdir FOLDER</c>.
/// </summary>
/// <remarks>Where training goes on from a checkpoint, the file goes on from what it held then. A figure <c>learning_rate</c> is <c>epoch_learning_rate</c>, under <c>train/</c>.</remarks>
public sealed class TensorBoard : Callback, IDisposable
{
    private const string ValidationPrefix = "val_";
    private static readonly string[] Parts = ["train", "validation"];

    private readonly TimeProvider _clock;
    private readonly EventFile?[] _files = new EventFile?[Parts.Length];

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">Where the files go; one training a folder, for TensorBoard shows all files of a folder as one.</param>
    /// <param name="everySteps">Also write the running figures after every so many steps of an epoch; null for none.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not above 0.</exception>
    public TensorBoard(string folder, int? everySteps = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps ?? 1, 1, nameof(everySteps));
        Folder = folder;
        EverySteps = everySteps;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>After how many steps of an epoch each the running figures are written.</summary>
    public int? EverySteps { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run) => Dispose();

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnBatchEnd(TrainingRun run, int step)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (EverySteps is not { } steps || (step + 1) % steps != 0)
        {
            return;
        }

        long total = ((long)run.Epoch * run.StepsPerEpoch) + step;
        EventFile file = FileOf(0);
        file.Add(Now, total, "batch_loss", run.Loss);
        foreach (Metrics.Metric metric in run.Metrics)
        {
            file.Add(Now, total, $"batch_{metric.Name}", metric.Result);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        foreach ((string name, double value) in log.Values)
        {
            bool isValidation = name.StartsWith(ValidationPrefix, StringComparison.Ordinal);
            FileOf(isValidation ? 1 : 0).Add(Now, epoch, $"epoch_{(isValidation ? name[ValidationPrefix.Length..] : name)}", value);
        }

        foreach (EventFile? file in _files)
        {
            file?.Flush();
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun run) => Dispose();

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        for (int part = 0; part < Parts.Length; part++)
        {
            // Flushed to the disk, so that no checkpoint counts on more than there is after a power cut.
            _files[part]?.FlushToDisk();
            state.Set($"{Parts[part]}_file", Path.GetFileName(_files[part]?.FilePath) ?? "");
            state.Set($"{Parts[part]}_length", _files[part]?.Length ?? 0);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dispose();
        for (int part = 0; part < Parts.Length; part++)
        {
            // Only a name: what a file says must not lead out of the folder.
            string path = Path.Combine(Folder, Parts[part], Path.GetFileName(state.GetText($"{Parts[part]}_file")));
            long length = state.GetInt64($"{Parts[part]}_length");
            _files[part] = length > 0 && File.Exists(path) && new FileInfo(path).Length >= length ? EventFile.Continue(path, length) : null;
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        for (int part = 0; part < Parts.Length; part++)
        {
            _files[part]?.Dispose();
            _files[part] = null;
        }
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private EventFile FileOf(int part) => _files[part] ??= EventFile.Create(Path.Combine(Folder, Parts[part]), Now);
}

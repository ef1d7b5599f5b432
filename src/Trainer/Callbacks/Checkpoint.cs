using System.Diagnostics;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Saves a training whole, and lets it go on later as if it had never stopped: the same call of <c>Fit</c>, in another process and with any number
/// of threads, ends with the same weights, history and logs to the bit. A file holds parameters, running statistics, the optimizer's slots and
/// numbers, the position in the epoch, the running metrics, and the state of the other callbacks (<see cref="Callback.SaveState"/>).
/// <code>
/// model.Fit(train, epochs: 5, callbacks: [new EarlyStopping("loss"), new Checkpoint("run", resume: true, everySeconds: 30)]);
/// </code>
/// </summary>
/// <remarks>
/// Files appear whole or not at all, and the last two are kept; <c>Fit</c> goes on from the newest whole one. A cancelled <c>Fit</c> saves where it
/// stands first. The number of epochs may be raised from run to run.
/// </remarks>
public sealed class Checkpoint : Callback
{
    private const int Kept = 2;

    private TrainingSnapshot? _snapshot;
    private Fingerprint? _fingerprint;
    private SavedState? _loaded;
    private CheckpointPosition? _lastPosition;
    private long _lastTime;
    private int _number;

    /// <summary>Makes the callback.</summary>
    /// <param name="folder">Where the files go; it is made where it is missing. One training a folder.</param>
    /// <param name="resume">Whether to go on from the newest checkpoint in the folder; without one, training starts afresh.</param>
    /// <param name="everyEpochs">Saves after every so many epochs; null for none but the last.</param>
    /// <param name="everySteps">Saves after every so many steps of an epoch; null for none.</param>
    /// <param name="everySeconds">Saves after the first step that ends so long after the last save; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0.</exception>
    public Checkpoint(string folder, bool resume = false, int? everyEpochs = 1, int? everySteps = null, double? everySeconds = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs ?? 1, 1, nameof(everyEpochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps ?? 1, 1, nameof(everySteps));
        if (everySeconds is not (null or >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(everySeconds), everySeconds, $"Checkpoint: expected a time of 0 s or more, got {everySeconds}.");
        }

        Folder = folder;
        Resume = resume;
        EveryEpochs = everyEpochs;
        EverySteps = everySteps;
        EverySeconds = everySeconds;
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>Whether training goes on from the newest checkpoint in the folder.</summary>
    public bool Resume { get; }

    /// <summary>After how many epochs each to save.</summary>
    public int? EveryEpochs { get; }

    /// <summary>After how many steps of an epoch each to save.</summary>
    public int? EverySteps { get; }

    /// <summary>After how many seconds each to save.</summary>
    public double? EverySeconds { get; }

    /// <summary>Told in a line where training starts from; null for silence.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>The position that the last training went on from; null where it started afresh.</summary>
    public CheckpointPosition? ResumedFrom { get; private set; }

    /// <summary>The newest file of the last training; null before the first.</summary>
    public string? LastFile { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; the older ones are as they were.</exception>
    public override void OnBatchEnd(TrainingRun run, int step)
    {
        ArgumentNullException.ThrowIfNull(run);
        bool isStep = EverySteps is { } steps && (step + 1) % steps == 0;
        bool isTime = EverySeconds is { } seconds && Stopwatch.GetElapsedTime(_lastTime).TotalSeconds >= seconds;
        if (isStep || isTime)
        {
            SaveAt(new CheckpointPosition(run.Epoch, step + 1, IsInsideEpoch: true));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; the older ones are as they were.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        if (EveryEpochs is { } epochs && (epoch + 1) % epochs == 0)
        {
            SaveAt(new CheckpointPosition(epoch + 1, 0, IsInsideEpoch: false));
        }
    }

    /// <summary>Prepares the folder for a training and looks for a checkpoint to go on from, which model and optimizer get at once.</summary>
    /// <exception cref="CheckpointException">The folder cannot be written, or what is in it does not fit.</exception>
    internal void Open(TrainingRun run, TrainingSnapshot snapshot, Fingerprint fingerprint)
    {
        snapshot.RequireSavable();
        (_snapshot, _fingerprint, _loaded, _lastPosition, ResumedFrom, LastFile) = (snapshot, fingerprint, null, null, null, null);
        _lastTime = Stopwatch.GetTimestamp();
        PrepareFolder();
        IReadOnlyList<(string Path, int Number)> files = CheckpointFile.List(Folder);
        _number = files.Count == 0 ? 0 : files[0].Number;
        if (!Resume)
        {
            return;
        }

        if (files.Count == 0)
        {
            OnNote?.Invoke($"No checkpoint in '{Folder}': training starts afresh.");
            return;
        }

        string path = Load(files);
        CheckpointPosition position = TrainingSnapshot.PositionOf(_loaded!);
        if (position.Epoch > run.Epochs || (position.IsInsideEpoch && position.Epoch == run.Epochs))
        {
            throw new CheckpointException($"Checkpoint '{path}': expected a training of at most {run.Epochs} epochs, got one that has begun epoch {position.Epoch + (position.IsInsideEpoch ? 1 : 0)}; ask for as many epochs or more.");
        }

        snapshot.RestoreModel(_loaded!);
        (run.ResumedFrom, ResumedFrom, LastFile, _lastPosition) = (position, position, path, position);
        OnNote?.Invoke($"Going on from '{path}': epoch {Math.Min(position.Epoch + 1, run.Epochs)} of {run.Epochs}, {(position.Epoch == run.Epochs ? "all done" : $"step {position.Step} of {run.StepsPerEpoch}")}.");
    }

    /// <summary>Gives everything what the checkpoint that was found says; nothing where none was.</summary>
    internal void Restore()
    {
        if (_loaded is { } loaded)
        {
            _loaded = null;
            _snapshot!.Restore(loaded);
        }
    }

    /// <summary>Writes a file, unless the newest is of the same position.</summary>
    internal void SaveAt(CheckpointPosition position)
    {
        if (position == _lastPosition)
        {
            return;
        }

        string path = CheckpointFile.PathOf(Folder, _number + 1);
        CheckpointFile.Write(path, _snapshot!.Capture(position), _fingerprint!);
        _number++;
        (LastFile, _lastPosition, _lastTime) = (path, position, Stopwatch.GetTimestamp());
        foreach ((string old, _) in CheckpointFile.List(Folder).Skip(Kept))
        {
            File.Delete(old);
        }
    }

    private void PrepareFolder()
    {
        try
        {
            Directory.CreateDirectory(Folder);
            CheckpointFile.RemoveRemains(Folder);
            using var probe = new FileStream(Path.Combine(Folder, $".{Path.GetRandomFileName()}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Checkpoint: expected '{Folder}' to be a folder that can be written, got: {exception.Message} Choose another folder.", exception);
        }
    }

    /// <summary>Reads the newest file that is whole.</summary>
    private string Load(IReadOnlyList<(string Path, int Number)> files)
    {
        string? firstDamage = null;
        foreach ((string path, _) in files)
        {
            _loaded = CheckpointFile.Read(path, out IReadOnlyList<string> fingerprint, out string? damage);
            if (_loaded is null)
            {
                firstDamage ??= damage;
                continue;
            }

            if ((_fingerprint!.DifferenceFrom(fingerprint) ?? _snapshot!.DifferenceFrom(_loaded)) is { } difference)
            {
                throw new CheckpointException($"Checkpoint '{path}' is of another training: {difference}; call Fit as it was called then, or choose another folder.");
            }

            if (firstDamage is not null)
            {
                OnNote?.Invoke($"{firstDamage} The checkpoint before it is whole.");
            }

            return path;
        }

        throw new CheckpointException($"Checkpoint {firstDamage} No checkpoint in '{Folder}' is whole; remove the folder to train afresh.");
    }
}

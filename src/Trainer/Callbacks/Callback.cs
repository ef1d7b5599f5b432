using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>Code that runs at fixed moments of <c>Fit</c>. Override what is needed.</summary>
public abstract class Callback
{
    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin(TrainingRun run)
    {
    }

    /// <summary>Before an epoch; the first is 0.</summary>
    public virtual void OnEpochBegin(TrainingRun run, int epoch)
    {
    }

    /// <summary>
    /// After a training step; <see cref="TrainingRun.Loss"/> and <see cref="TrainingRun.Metrics"/> hold the epoch's running means.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step within the epoch; the first is 0.</param>
    public virtual void OnBatchEnd(TrainingRun run, int step)
    {
    }

    /// <summary>After an epoch, its validation included. A figure that a callback adds to the log is seen by those after it.</summary>
    public virtual void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
    }

    /// <summary>After the last epoch, or when training was stopped.</summary>
    public virtual void OnTrainEnd(TrainingRun run)
    {
    }

    /// <summary>
    /// Writes down for a <see cref="Checkpoint"/> what the callback remembers from one call to the next. A callback that remembers nothing has
    /// nothing to write.
    /// </summary>
    /// <param name="state">Receives it.</param>
    public virtual void SaveState(SavedState state)
    {
    }

    /// <summary>
    /// Takes back what <see cref="SaveState"/> wrote, where training goes on from a checkpoint: after <see cref="OnTrainBegin"/> and, where it
    /// goes on inside an epoch, after <see cref="OnEpochBegin"/>. Model and optimizer are as they were when the state was saved.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="state">What was written.</param>
    public virtual void RestoreState(TrainingRun run, SavedState state)
    {
    }
}

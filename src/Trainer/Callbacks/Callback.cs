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
}

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

    /// <summary>After a training step; <see cref="TrainingRun.Loss"/> and <see cref="TrainingRun.Metrics"/> hold the epoch's running means.</summary>
    public virtual void OnBatchEnd(TrainingRun run, int step)
    {
    }

    /// <summary>After an epoch, its validation included.</summary>
    public virtual void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
    }

    /// <summary>After the last epoch, or when training was stopped.</summary>
    public virtual void OnTrainEnd(TrainingRun run)
    {
    }
}

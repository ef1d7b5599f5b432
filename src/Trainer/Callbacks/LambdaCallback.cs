namespace Toolkit.Trainer.Callbacks;

/// <summary>A callback from functions: <c>new LambdaCallback { EpochEnd = (run, epoch, log) =&gt; … }</c>.</summary>
public sealed class LambdaCallback : Callback
{
    /// <summary>Called before the first epoch.</summary>
    public Action<TrainingRun>? TrainBegin { get; init; }

    /// <summary>Called before an epoch with its number; the first is 0.</summary>
    public Action<TrainingRun, int>? EpochBegin { get; init; }

    /// <summary>Called after a step with its number within the epoch; the first is 0.</summary>
    public Action<TrainingRun, int>? BatchEnd { get; init; }

    /// <summary>Called after an epoch with its number and its figures.</summary>
    public Action<TrainingRun, int, EpochLog>? EpochEnd { get; init; }

    /// <summary>Called at the end of training.</summary>
    public Action<TrainingRun>? TrainEnd { get; init; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run) => TrainBegin?.Invoke(run);

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingRun run, int epoch) => EpochBegin?.Invoke(run, epoch);

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingRun run, int step) => BatchEnd?.Invoke(run, step);

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log) => EpochEnd?.Invoke(run, epoch, log);

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingRun run) => TrainEnd?.Invoke(run);
}

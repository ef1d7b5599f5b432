namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Sets the learning rate before every epoch, and writes it into the epoch's log as <c>learning_rate</c>. Keras's LearningRateScheduler:
/// <c>new LearningRateScheduler((epoch, rate) =&gt; epoch &lt; 10 ? rate : rate * Math.Exp(-0.1))</c>.
/// </summary>
/// <param name="schedule">The rate of an epoch, from its number (the first is 0) and the rate until now.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule) : Callback
{
    private readonly Func<int, double, double> _schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));

    /// <summary>
    /// Half a cosine from a rate down to nearly 0 over the epochs: rate · (1 + cos(π · epoch / epochs)) / 2 (Loshchilov and Hutter, "SGDR", 2017).
    /// </summary>
    /// <param name="rate">The rate of the first epoch.</param>
    /// <param name="epochs">The number of epochs.</param>
    public static LearningRateScheduler Cosine(double rate, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new LearningRateScheduler((epoch, _) => rate * (1 + Math.Cos(Math.PI * Math.Min(epoch, epochs) / epochs)) / 2);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingRun run, int epoch)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Optimizer.LearningRate = _schedule(epoch, run.Optimizer.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        log.Values["learning_rate"] = run.Optimizer.LearningRate;
    }
}

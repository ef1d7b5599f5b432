using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Callbacks;

/// <summary>Plays a call of Fit to callbacks: the figures are given, nothing is trained.</summary>
internal static class FakeRun
{
    public static TrainingRun New(int epochs = 10, int stepsPerEpoch = 10, params Metric[] metrics) => new()
    {
        Model = new FakeModel(),
        Optimizer = new Sgd(0.1),
        Epochs = epochs,
        StepsPerEpoch = stepsPerEpoch,
        Samples = stepsPerEpoch * 32,
        BatchSize = 32,
        Metrics = metrics,
    };

    public static EpochLog Log(int epoch, params (string Name, double Value)[] figures)
    {
        var values = new OrderedDictionary<string, double>();
        foreach ((string name, double value) in figures)
        {
            values.Add(name, value);
        }

        return new EpochLog(epoch, 1.5, values);
    }

    /// <summary>
    /// Runs epochs in which one figure takes the values given, until a callback asks to stop; the model's weights are the epoch's number.
    /// </summary>
    /// <returns>How many epochs were run.</returns>
    public static int Play(TrainingRun run, Callback callback, string figure, params double[] values)
    {
        callback.OnTrainBegin(run);
        int epoch = 0;
        while (epoch < values.Length && !run.StopRequested)
        {
            callback.OnEpochBegin(run, epoch);
            ((FakeModel)run.Model).Weights = [epoch, -epoch];
            callback.OnEpochEnd(run, epoch, Log(epoch, (figure, values[epoch])));
            epoch++;
        }

        callback.OnTrainEnd(run);
        return epoch;
    }
}

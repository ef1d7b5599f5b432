using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Callbacks;

/// <summary>Reads one figure from every epoch's log and tells whether it is better than another.</summary>
/// <param name="callback">Who watches, for messages.</param>
/// <param name="figure">The figure's name in the log.</param>
/// <param name="mode">Which way it gets better.</param>
/// <param name="minDelta">By how much at least.</param>
internal sealed class Monitor(string callback, string figure, MonitorMode mode, double minDelta)
{
    public double Read(EpochLog log) => log.Values.TryGetValue(figure, out double value)
        ? value
        : throw new InvalidOperationException(
            $"{callback}: expected a figure '{figure}' in the epoch's log, got {string.Join(", ", log.Values.Keys)}; monitor one of these"
            + (figure.StartsWith("val_", StringComparison.Ordinal) ? ", or give Fit validation data." : "."));

    /// <summary>Whether a value is better than a reference by more than the least difference. NaN never is.</summary>
    public bool IsBetter(TrainingRun run, double value, double? reference)
    {
        if (double.IsNaN(value) || reference is null)
        {
            return !double.IsNaN(value);
        }

        return GreaterIsBetter(run) ? value - minDelta > reference : value + minDelta < reference;
    }

    private bool GreaterIsBetter(TrainingRun run)
    {
        if (mode != MonitorMode.Auto)
        {
            return mode == MonitorMode.Max;
        }

        string name = figure.StartsWith("val_", StringComparison.Ordinal) ? figure["val_".Length..] : figure;
        if (name == "loss")
        {
            return false;
        }

        Metric? metric = run.Metrics.FirstOrDefault(candidate => candidate.Name == name);
        return metric?.GreaterIsBetter ?? throw new InvalidOperationException(
            $"{callback}: expected the loss or a metric of the model to monitor, got '{figure}'; "
            + "say with mode whether less or more of it is better.");
    }
}

using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Metrics;

/// <summary>A metric that is a mean over what was seen.</summary>
public abstract class MeanMetric : Metric
{
    private double _sum;
    private long _count;

    private protected MeanMetric(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Result => _count == 0 ? double.NaN : _sum / _count;

    /// <inheritdoc/>
    public override void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("sum", _sum);
        state.Set("count", _count);
    }

    /// <inheritdoc/>
    public override void RestoreState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_sum, _count) = (state.GetDouble("sum"), state.GetInt64("count"));
    }

    private protected void Add(double sum, long count)
    {
        _sum += sum;
        _count += count;
    }
}

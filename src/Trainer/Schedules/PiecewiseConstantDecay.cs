namespace Toolkit.Trainer.Schedules;

/// <summary>One rate up to and with each boundary, the last after all of them. Keras's PiecewiseConstantDecay.</summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly long[] _boundaries;
    private readonly double[] _values;

    /// <summary>Makes the schedule: <c>new PiecewiseConstantDecay([1000, 5000], [0.1, 0.01, 0.001])</c>.</summary>
    /// <param name="boundaries">The last step of each rate but the last, in ascending order.</param>
    /// <param name="values">The rates, one more than boundaries.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the boundaries do not ascend.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<long> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != boundaries.Count + 1)
        {
            throw new ArgumentException(
                $"PiecewiseConstantDecay: expected {boundaries.Count + 1} values for {boundaries.Count} boundaries, got {values.Count}.", nameof(values));
        }

        for (int i = 1; i < boundaries.Count; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
            {
                throw new ArgumentException($"PiecewiseConstantDecay: expected ascending boundaries, got {boundaries[i]} after {boundaries[i - 1]}.", nameof(boundaries));
            }
        }

        _boundaries = [.. boundaries];
        _values = [.. values.Select(value => RequireRate(value, nameof(values)))];
    }

    /// <summary>The last step of each rate but the last.</summary>
    public IReadOnlyList<long> Boundaries => _boundaries;

    /// <summary>The rates.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <inheritdoc/>
    public override double At(long step)
    {
        int index = 0;
        while (index < _boundaries.Length && step > _boundaries[index])
        {
            index++;
        }

        return _values[index];
    }
}

namespace Toolkit.Trainer.Schedules;

/// <summary>lr₀ · r^(step / n): the rate times r every n steps, smoothly or, as a staircase with step / n rounded down, at once. Keras's ExponentialDecay.</summary>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="initialLearningRate">lr₀.</param>
    /// <param name="decaySteps">n, 1 or more.</param>
    /// <param name="decayRate">r, 0 or more.</param>
    /// <param name="staircase">Whether the rate stays the same for n steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate, bool staircase = false)
    {
        InitialLearningRate = RequireRate(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = RequireSteps(decaySteps, nameof(decaySteps));
        DecayRate = RequireRate(decayRate, nameof(decayRate));
        Staircase = staircase;
    }

    /// <summary>lr₀.</summary>
    public double InitialLearningRate { get; }

    /// <summary>n.</summary>
    public long DecaySteps { get; }

    /// <summary>r.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate stays the same for n steps.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double periods = (double)step / DecaySteps;
        return InitialLearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor(periods) : periods);
    }
}

namespace Toolkit.Trainer.Schedules;

/// <summary>
/// (lr₀ − lr₁) · (1 − s / n)^p + lr₁ with s = min(step, n). When it cycles, s = step and n is multiplied by the least whole number that
/// leaves step within it, so that the rate jumps up again after each descent. Keras's PolynomialDecay.
/// </summary>
public sealed class PolynomialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule with Keras's defaults.</summary>
    /// <param name="initialLearningRate">lr₀.</param>
    /// <param name="decaySteps">n, 1 or more.</param>
    /// <param name="endLearningRate">lr₁.</param>
    /// <param name="power">p; 1 is a straight line.</param>
    /// <param name="cycle">Whether it starts again.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public PolynomialDecay(double initialLearningRate, long decaySteps, double endLearningRate = 1e-4, double power = 1, bool cycle = false)
    {
        InitialLearningRate = RequireRate(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = RequireSteps(decaySteps, nameof(decaySteps));
        EndLearningRate = RequireRate(endLearningRate, nameof(endLearningRate));
        Power = Require(power > 0 && double.IsFinite(power), power, "above 0", nameof(power));
        Cycle = cycle;
    }

    /// <summary>lr₀.</summary>
    public double InitialLearningRate { get; }

    /// <summary>n.</summary>
    public long DecaySteps { get; }

    /// <summary>lr₁.</summary>
    public double EndLearningRate { get; }

    /// <summary>p.</summary>
    public double Power { get; }

    /// <summary>Whether it starts again.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double periods = (double)step / DecaySteps;
        double done = Cycle ? periods / Math.Max(1, Math.Ceiling(periods)) : Math.Min(periods, 1);
        return ((InitialLearningRate - EndLearningRate) * Math.Pow(1 - done, Power)) + EndLearningRate;
    }
}

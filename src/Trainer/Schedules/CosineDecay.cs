namespace Toolkit.Trainer.Schedules;

/// <summary>
/// Half a cosine down from lr₀ to α·lr₀ over n steps, then constant: lr₀ · ((1 − α) · (1 + cos(π·s / n)) / 2 + α) with s = min(step, n). With
/// a warm-up of k steps the rate first climbs in a straight line from lr₀ to the warm-up's target, from which it then decays. Keras's
/// CosineDecay.
/// </summary>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.</remarks>
public sealed class CosineDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule with Keras's defaults.</summary>
    /// <param name="initialLearningRate">lr₀.</param>
    /// <param name="decaySteps">n, 1 or more; the warm-up's steps come on top.</param>
    /// <param name="alpha">α in [0, 1], the share that is left at the end.</param>
    /// <param name="warmupTarget">The rate at the end of the warm-up; null for none.</param>
    /// <param name="warmupSteps">k, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecay(double initialLearningRate, long decaySteps, double alpha = 0, double? warmupTarget = null, long warmupSteps = 0)
    {
        InitialLearningRate = RequireRate(initialLearningRate, nameof(initialLearningRate));
        DecaySteps = RequireSteps(decaySteps, nameof(decaySteps));
        Alpha = Require(alpha is >= 0 and <= 1, alpha, "0 to 1", nameof(alpha));
        WarmupTarget = warmupTarget is { } target ? RequireRate(target, nameof(warmupTarget)) : null;
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        WarmupSteps = warmupSteps;
    }

    /// <summary>lr₀.</summary>
    public double InitialLearningRate { get; }

    /// <summary>n.</summary>
    public long DecaySteps { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>The rate at the end of the warm-up; null for none.</summary>
    public double? WarmupTarget { get; }

    /// <summary>k.</summary>
    public long WarmupSteps { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (WarmupTarget is not { } target)
        {
            return InitialLearningRate * Share(step);
        }

        return step < WarmupSteps
            ? InitialLearningRate + ((target - InitialLearningRate) * step / WarmupSteps)
            : target * Share(step - WarmupSteps);
    }

    private double Share(long step) => ((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, DecaySteps) / DecaySteps))) + Alpha;
}

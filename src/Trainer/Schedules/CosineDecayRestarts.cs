namespace Toolkit.Trainer.Schedules;

/// <summary>
/// Half cosines one after the other: the first takes n steps, each later one t times as long as the one before, and starts at m times its
/// height. In part i, a share s of the way: lr₀ · ((1 − α) · mⁱ · (1 + cos(π·s)) / 2 + α). Keras's CosineDecayRestarts.
/// </summary>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.</remarks>
public sealed class CosineDecayRestarts : LearningRateSchedule
{
    /// <summary>Makes the schedule with Keras's defaults.</summary>
    /// <param name="initialLearningRate">lr₀.</param>
    /// <param name="firstDecaySteps">n, 1 or more.</param>
    /// <param name="timeMultiplier">t, 1 or more.</param>
    /// <param name="rateMultiplier">m, 0 or more.</param>
    /// <param name="alpha">α in [0, 1], the share that is left at the end of a part.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps, double timeMultiplier = 2, double rateMultiplier = 1, double alpha = 0)
    {
        InitialLearningRate = RequireRate(initialLearningRate, nameof(initialLearningRate));
        FirstDecaySteps = RequireSteps(firstDecaySteps, nameof(firstDecaySteps));
        TimeMultiplier = Require(timeMultiplier >= 1 && double.IsFinite(timeMultiplier), timeMultiplier, "1 or more", nameof(timeMultiplier));
        RateMultiplier = RequireRate(rateMultiplier, nameof(rateMultiplier));
        Alpha = Require(alpha is >= 0 and <= 1, alpha, "0 to 1", nameof(alpha));
    }

    /// <summary>lr₀.</summary>
    public double InitialLearningRate { get; }

    /// <summary>n.</summary>
    public long FirstDecaySteps { get; }

    /// <summary>t.</summary>
    public double TimeMultiplier { get; }

    /// <summary>m.</summary>
    public double RateMultiplier { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        // Part by part, not by Keras's logarithm, whose rounding can take a restart for the end of the part before.
        double left = step;
        double length = FirstDecaySteps;
        double height = 1;
        if (TimeMultiplier == 1)
        {
            height = Math.Pow(RateMultiplier, Math.Floor(left / length));
            left %= length;
        }

        while (left >= length)
        {
            left -= length;
            length *= TimeMultiplier;
            height *= RateMultiplier;
        }

        return InitialLearningRate * (((1 - Alpha) * 0.5 * height * (1 + Math.Cos(Math.PI * left / length))) + Alpha);
    }
}

namespace Toolkit.Trainer.Schedules;

/// <summary>
/// One climb from max / d to max along a cosine over the first share p of n steps, then one descent along a cosine to max / (d · f), where it
/// stays. The figures are those of PyTorch's OneCycleLR: p = 0.3, d = 25, f = 10⁴.
/// </summary>
/// <remarks>Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", arXiv:1708.07120.</remarks>
public sealed class OneCycle : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="maximumLearningRate">The greatest rate.</param>
    /// <param name="totalSteps">n, 2 or more: the first is step 0, the last step n − 1.</param>
    /// <param name="climbShare">p, above 0 and below 1.</param>
    /// <param name="startDivisor">d, 1 or more.</param>
    /// <param name="endDivisor">f, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public OneCycle(double maximumLearningRate, long totalSteps, double climbShare = 0.3, double startDivisor = 25, double endDivisor = 1e4)
    {
        MaximumLearningRate = RequireRate(maximumLearningRate, nameof(maximumLearningRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 2);
        TotalSteps = totalSteps;
        ClimbShare = Require(climbShare is > 0 and < 1, climbShare, "above 0 and below 1", nameof(climbShare));
        StartDivisor = Require(startDivisor >= 1 && double.IsFinite(startDivisor), startDivisor, "1 or more", nameof(startDivisor));
        EndDivisor = Require(endDivisor >= 1 && double.IsFinite(endDivisor), endDivisor, "1 or more", nameof(endDivisor));
    }

    /// <summary>The greatest rate.</summary>
    public double MaximumLearningRate { get; }

    /// <summary>n.</summary>
    public long TotalSteps { get; }

    /// <summary>p.</summary>
    public double ClimbShare { get; }

    /// <summary>d.</summary>
    public double StartDivisor { get; }

    /// <summary>f.</summary>
    public double EndDivisor { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        double start = MaximumLearningRate / StartDivisor;
        double top = Math.Max((ClimbShare * TotalSteps) - 1, 0);
        double last = TotalSteps - 1;
        double at = Math.Min(step, last);
        return at < top
            ? Along(start, MaximumLearningRate, at / top)
            : Along(MaximumLearningRate, start / EndDivisor, (at - top) / (last - top));
    }

    /// <summary>Half a cosine from one value to another.</summary>
    private static double Along(double from, double to, double share) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * share)));
}

namespace Toolkit.Trainer.Optimizers;

/// <summary>When <see cref="Lbfgs.Minimize"/> ends, and how it searches.</summary>
public sealed record LbfgsOptions
{
    /// <summary>How many changes of point and gradient are remembered, 1 or more.</summary>
    public int HistorySize { get; init; } = 10;

    /// <summary>Ends when no element of the gradient is greater in magnitude.</summary>
    public double GradientTolerance { get; init; } = 1e-8;

    /// <summary>Ends when an iteration lowers the value by no more than this share of it, and does not make the gradient smaller either.</summary>
    public double ValueTolerance { get; init; }

    /// <summary>Ends after so many iterations.</summary>
    public int MaximumIterations { get; init; } = 1000;

    /// <summary>Ends, after the iteration, when the function has been computed so often.</summary>
    public int MaximumEvaluations { get; init; } = 10_000;

    /// <summary>c₁ of the Wolfe conditions, above 0 and below c₂.</summary>
    public double SufficientDecrease { get; init; } = 1e-4;

    /// <summary>c₂ of the Wolfe conditions, above c₁ and below 1; smaller makes each line search more exact.</summary>
    public double Curvature { get; init; } = 0.9;

    /// <summary>How often one line search may compute the function.</summary>
    public int MaximumLineSearchEvaluations { get; init; } = 20;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HistorySize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(GradientTolerance);
        ArgumentOutOfRangeException.ThrowIfNegative(ValueTolerance);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumEvaluations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumLineSearchEvaluations, 1);
        CheckWolfe(SufficientDecrease, Curvature);
    }

    internal static void CheckWolfe(double sufficientDecrease, double curvature)
    {
        if (!(sufficientDecrease > 0 && sufficientDecrease < curvature && curvature < 1))
        {
            throw new ArgumentException(
                $"Lbfgs: expected 0 < c1 < c2 < 1 for the Wolfe conditions, got sufficient decrease {sufficientDecrease} and curvature {curvature}.");
        }
    }
}

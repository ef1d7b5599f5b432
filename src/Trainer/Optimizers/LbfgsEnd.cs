namespace Toolkit.Trainer.Optimizers;

/// <summary>Why <see cref="Lbfgs.Minimize"/> ended.</summary>
public enum LbfgsEnd
{
    /// <summary>The gradient is within its tolerance: a minimum, to that precision.</summary>
    GradientTolerance,

    /// <summary>An iteration lowered the value by no more than its tolerance, and did not make the gradient smaller.</summary>
    ValueTolerance,

    /// <summary>The iterations are used up.</summary>
    MaximumIterations,

    /// <summary>The evaluations are used up.</summary>
    MaximumEvaluations,

    /// <summary>No step lowers the value: the point is as good as the precision of the numbers allows, or the gradient is wrong.</summary>
    NoLowerPoint,
}

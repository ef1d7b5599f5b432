namespace Toolkit.Trainer.Optimizers;

/// <summary>A function of many numbers with its gradient, for <see cref="Lbfgs.Minimize"/>.</summary>
/// <param name="point">x.</param>
/// <param name="gradient">Where ∂f/∂x goes, as long as x.</param>
/// <returns>f(x); a value that is not finite says that x is outside the function's domain.</returns>
public delegate double LbfgsObjective(ReadOnlySpan<double> point, Span<double> gradient);

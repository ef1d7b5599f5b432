namespace Toolkit.Trainer.Optimizers;

/// <summary>What <see cref="Lbfgs.Minimize"/> found.</summary>
/// <param name="Point">x.</param>
/// <param name="Value">f(x).</param>
/// <param name="GradientNorm">The greatest magnitude of an element of the gradient at x.</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="Evaluations">How often f and its gradient were computed.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record LbfgsResult(IReadOnlyList<double> Point, double Value, double GradientNorm, int Iterations, int Evaluations, LbfgsEnd Reason);

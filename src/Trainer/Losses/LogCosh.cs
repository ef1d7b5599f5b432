using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of ln cosh(y - t): about half the square for small errors, the absolute error less ln 2 for great ones.</summary>
public sealed class LogCosh : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "log_cosh";

    private protected override LossFunction Function => LogCoshFunction.Instance;
}

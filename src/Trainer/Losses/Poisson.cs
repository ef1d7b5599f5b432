using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of y - t · ln(y + 1e-7): the negative logarithm of a Poisson likelihood of counts t with means y, without its constant.</summary>
public sealed class Poisson : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "poisson";

    private protected override LossFunction Function => PoissonFunction.Instance;
}

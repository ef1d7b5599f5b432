using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of |y - t|.</summary>
public sealed class MeanAbsoluteError : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_error";

    private protected override LossFunction Function => MeanAbsoluteErrorFunction.Instance;
}

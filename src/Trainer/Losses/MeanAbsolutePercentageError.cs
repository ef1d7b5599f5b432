using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>100 times the mean over all elements of |t - y| / max(|t|, 1e-7), as in Keras: targets of 0 count 10⁹ times.</summary>
public sealed class MeanAbsolutePercentageError : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_absolute_percentage_error";

    private protected override LossFunction Function => MeanAbsolutePercentageErrorFunction.Instance;
}

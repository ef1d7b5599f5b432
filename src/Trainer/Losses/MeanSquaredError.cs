using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of (y - t)².</summary>
public sealed class MeanSquaredError : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_error";

    private protected override LossFunction Function => MeanSquaredErrorFunction.Instance;
}

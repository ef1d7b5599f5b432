using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of (ln(1 + y) - ln(1 + t))², both raised to 1e-7 as in Keras: for outputs and targets above 0 whose ratio counts.</summary>
public sealed class MeanSquaredLogarithmicError : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_logarithmic_error";

    private protected override LossFunction Function => MeanSquaredLogarithmicErrorFunction.Instance;
}

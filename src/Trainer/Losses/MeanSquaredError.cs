using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of (y - t)².</summary>
public sealed class MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_error";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable predictions, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(MeanSquaredErrorFunction.Instance, predictions, targets);
    }
}

using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Regularizers;

/// <summary>λ·Σ|w|, which drives small weights to zero.</summary>
public sealed class L1 : Regularizer
{
    private readonly RegularizationFunction _function;

    /// <summary>Makes the regularizer.</summary>
    /// <param name="factor">λ, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public L1(double factor = 0.01)
    {
        Factor = RequireFactor(factor, nameof(factor));
        _function = new RegularizationFunction(Factor, 0);
    }

    /// <summary>λ.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override Variable Penalty(Tape tape, Variable parameter)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, parameter);
    }
}

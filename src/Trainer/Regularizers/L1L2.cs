using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Regularizers;

/// <summary>λ₁·Σ|w| + λ₂·Σw². The name <c>l1_l2</c> means 0.01 for both; the constructor's defaults are 0, as in Keras.</summary>
public sealed class L1L2 : Regularizer
{
    private readonly RegularizationFunction _function;

    /// <summary>Makes the regularizer.</summary>
    /// <param name="l1">λ₁, 0 or more.</param>
    /// <param name="l2">λ₂, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    public L1L2(double l1 = 0, double l2 = 0)
    {
        FactorL1 = RequireFactor(l1, nameof(l1));
        FactorL2 = RequireFactor(l2, nameof(l2));
        _function = new RegularizationFunction(FactorL1, FactorL2);
    }

    /// <summary>λ₁.</summary>
    public double FactorL1 { get; }

    /// <summary>λ₂.</summary>
    public double FactorL2 { get; }

    /// <inheritdoc/>
    public override Variable Penalty(Tape tape, Variable parameter)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, parameter);
    }
}

using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Regularizers;

/// <summary>λ·Σw² as in Keras, without the ½ of other texts: its gradient is 2·λ·w.</summary>
public sealed class L2 : Regularizer
{
    private readonly RegularizationFunction _function;

    /// <summary>Makes the regularizer.</summary>
    /// <param name="factor">λ, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public L2(double factor = 0.01)
    {
        Factor = RequireFactor(factor, nameof(factor));
        _function = new RegularizationFunction(0, Factor);
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

using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Regularizers;

/// <summary>
/// A penalty on a parameter that is added to the loss, and so to the gradient. Keras's names convert to the known ones with their default
/// factors: <c>kernelRegularizer: "l2"</c>. To write one, apply functions in <see cref="Penalty"/>.
/// </summary>
public abstract class Regularizer
{
    /// <summary>Computes the penalty by functions on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="parameter">The parameter on it.</param>
    /// <returns>A scalar.</returns>
    public abstract Variable Penalty(Tape tape, Variable parameter);

    /// <summary>The regularizer of a name in Keras, with its default factors.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the names.</exception>
    public static Regularizer FromName(string name) => RegularizerNames.Create(name);

    /// <inheritdoc cref="FromName"/>
    public static implicit operator Regularizer(string name) => FromName(name);

    private protected double RequireFactor(double value, string argument) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be 0 or more, got {value}.");
}

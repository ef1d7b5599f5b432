using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>Keras's <c>ELU</c>: y = x where x &gt; 0, else alpha · (eˣ - 1).</summary>
/// <param name="alpha">Minus the limit for x to -∞.</param>
/// <param name="name">The layer's name.</param>
/// <param name="inputShape">The shape of one input sample.</param>
/// <exception cref="ArgumentOutOfRangeException">Alpha is negative.</exception>
public sealed class Elu(double alpha = 1, string? name = null, Shape? inputShape = null) : Layer(name, inputShape)
{
    private readonly EluFunction _function = new((float)alpha);

    /// <summary>Minus the limit for x to -∞.</summary>
    public double Alpha { get; } = alpha;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }
}

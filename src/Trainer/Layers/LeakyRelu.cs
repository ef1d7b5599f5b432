using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>Keras's <c>LeakyReLU</c>: y = x where x &gt; 0, else negativeSlope · x.</summary>
/// <param name="negativeSlope">The slope below 0. Keras's layer has 0.3, its function <c>"leaky_relu"</c> 0.2.</param>
/// <param name="name">The layer's name.</param>
/// <param name="inputShape">The shape of one input sample.</param>
/// <exception cref="ArgumentOutOfRangeException">The slope is negative.</exception>
public sealed class LeakyRelu(double negativeSlope = 0.3, string? name = null, Shape? inputShape = null) : Layer(name, inputShape)
{
    private readonly LeakyReluFunction _function = new((float)negativeSlope);

    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; } = negativeSlope;

    /// <inheritdoc/>
    protected override string DefaultName => "leaky_re_lu";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }
}

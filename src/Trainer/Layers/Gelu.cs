using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>The Gaussian error linear unit as a layer: y = x · (1 + erf(x / √2)) / 2.</summary>
/// <param name="approximate">Whether to use y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))) in its place.</param>
/// <param name="name">The layer's name.</param>
/// <param name="inputShape">The shape of one input sample.</param>
public sealed class Gelu(bool approximate = false, string? name = null, Shape? inputShape = null) : Layer(name, inputShape)
{
    /// <summary>Whether the form with tanh is used.</summary>
    public bool Approximate { get; } = approximate;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(Approximate ? GeluTanhFunction.Instance : GeluFunction.Instance, x);
    }
}

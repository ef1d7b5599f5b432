using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>[N, a, b, …] to [N, a·b·…].</summary>
public sealed class Flatten : Layer
{
    /// <summary>Makes the layer.</summary>
    public Flatten(string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
    }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(FlattenFunction.Instance, x);
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>[N, …] to [N, target…], the elements in the same order.</summary>
public sealed class Reshape : Layer
{
    private readonly ReshapeFunction _function;

    /// <summary>Makes the layer.</summary>
    /// <param name="targetShape">The shape of one sample.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    public Reshape(Shape targetShape, string? name = null, Shape? inputShape = null)
        : base(name, inputShape) => _function = new ReshapeFunction(targetShape);

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>Applies an activation by element (softmax over the last axis): Keras's <c>Activation</c> layer.</summary>
public sealed class ActivationLayer : Layer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="activation">The activation, or its name in Keras.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    public ActivationLayer(Activation activation, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Activation = activation;
    }

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    protected override string DefaultName => "activation";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x) => Activation.Apply(x);
}

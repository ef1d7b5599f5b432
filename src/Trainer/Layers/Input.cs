using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>Says the shape of a model's input; computes nothing. <c>new Input(28, 28)</c> takes samples [n, 28, 28].</summary>
public sealed class Input : Layer
{
    /// <summary>Makes the input of a shape, without the batch.</summary>
    public Input(params ReadOnlySpan<int> shape)
        : base(null, new Shape(shape))
    {
    }

    /// <summary>Makes the input of a shape, without the batch, with a name.</summary>
    public Input(Shape shape, string? name = null)
        : base(name, shape)
    {
    }

    /// <inheritdoc/>
    protected override string DefaultName => "input";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x) => x;
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>The greatest element of each channel: [N, C, L] to [N, C].</summary>
/// <param name="keepDims">Whether the output is [N, C, 1].</param>
/// <param name="name">The layer's name.</param>
/// <param name="inputShape">The shape of one input sample, [C, L].</param>
public sealed class GlobalMaxPooling1D(bool keepDims = false, string? name = null, Shape? inputShape = null) : Layer(name, inputShape)
{
    private readonly GlobalMaxPoolFunction _function = new(keepDims);

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => ImageShape.Require(this, inputShape, 1);
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>Keras's <c>Softmax</c>: y = eˣ / Σ eˣ over an axis.</summary>
/// <param name="axis">The axis, not the batch's, which is 0; negative counts from the end.</param>
/// <param name="name">The layer's name.</param>
/// <param name="inputShape">The shape of one input sample.</param>
public sealed class Softmax(int axis = -1, string? name = null, Shape? inputShape = null) : Layer(name, inputShape)
{
    /// <summary>The axis.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        int last = x.Shape.Rank - 1;
        int axis = Axis < 0 ? Axis + x.Shape.Rank : Axis;
        if (axis == last)
        {
            return tape.Apply(SoftmaxFunction.Instance, x);
        }

        // The axis changes places with the last, which the kernel works along.
        int[] exchange = [.. Enumerable.Range(0, x.Shape.Rank).Select(i => i == axis ? last : i == last ? axis : i)];
        return Ops.Transpose(Ops.Softmax(Ops.Transpose(x, exchange)), exchange);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        int axis = Axis < 0 ? Axis + inputShape.Rank + 1 : Axis;
        if (axis < 1 || axis > inputShape.Rank)
        {
            throw new ArgumentException($"Layer '{Name}': expected an axis of {Batched(inputShape)} behind the batch, got {Axis}.", nameof(inputShape));
        }
    }
}

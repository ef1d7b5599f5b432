using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// Joins its inputs along an axis, Keras's <c>Concatenate</c>. The axis counts from the batch, which is 0, and is 1 by default: features of
/// [N, features] and channels of [N, C, H, W], as Keras's last axis is where channels come last.
/// </summary>
public sealed class Concatenate : MergeLayer
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis, 1 or more, or counted from the end.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is the batch.</exception>
    public Concatenate(int axis = 1, string? name = null)
        : base(name) => _axis = axis != 0
            ? axis
            : throw new ArgumentOutOfRangeException(nameof(axis), "Concatenate: expected an axis of samples, 1 or more or negative, got 0, the batch.");

    /// <inheritdoc/>
    public override Variable Call(Tape tape, IReadOnlyList<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(inputs);
        return tape.Apply(new ConcatFunction(_axis), [.. inputs]);
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        int rank = inputShapes[0].Rank + 1;
        if (_axis >= rank || _axis <= -rank)
        {
            throw new ArgumentException($"Layer '{Name}': expected inputs with an axis {_axis}, got {Text(inputShapes)}.", nameof(inputShapes));
        }
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>
/// The mean over all elements of -(t · ln p + (1 - t) · ln(1 - p)), targets in [0, 1]. After a sigmoid it is computed from the logits;
/// otherwise p is clipped to [1e-7, 1 - 1e-7] as in Keras.
/// </summary>
public sealed class BinaryCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable predictions, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(BinaryCrossEntropyFunction.Instance, predictions, targets);
    }

    /// <inheritdoc/>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Sigmoid;

    /// <inheritdoc/>
    public override Variable CallOnLogits(Tape tape, Variable logits, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(SigmoidCrossEntropyFunction.Instance, logits, targets);
    }

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        int bad = targets.Span.IndexOfAnyExceptInRange(0f, 1f);
        if (bad >= 0)
        {
            throw new ArgumentException($"y: {Name} expected targets in [0, 1], got {targets.Span[bad]} at sample {bad / Math.Max(1, targets.Shape.LengthOf(1..))}.", nameof(targets));
        }
    }
}

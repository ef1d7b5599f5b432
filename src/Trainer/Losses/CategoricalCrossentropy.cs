using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>
/// Cross-entropy of rows of probabilities, the mean over the batch of -Σ_c t_c · ln p_c; targets are one-hot rows or probabilities. After a
/// softmax it is computed from the logits; otherwise p is normalised and clipped to [1e-7, 1 - 1e-7] as in Keras.
/// </summary>
public sealed class CategoricalCrossentropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable predictions, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(new CategoricalCrossEntropyFunction(), predictions, targets);
    }

    /// <inheritdoc/>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax;

    /// <inheritdoc/>
    public override Variable CallOnLogits(Tape tape, Variable logits, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(new SoftmaxCrossEntropyFunction(), logits, targets);
    }

    private protected override string Advice(Shape targets, Shape outputShape) => targets.Rank == 1 || targets.LengthOf(1..) == 1
        ? " For class indices use sparse_categorical_crossentropy."
        : "";
}

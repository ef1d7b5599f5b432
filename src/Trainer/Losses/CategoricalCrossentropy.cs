using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>
/// Cross-entropy of rows of probabilities, the mean over the batch of -Σ_c t_c · ln p_c; targets are one-hot rows or probabilities. After a
/// softmax it is computed from the logits; otherwise p is normalised and clipped to [1e-7, 1 - 1e-7] as in Keras.
/// </summary>
public sealed class CategoricalCrossentropy : FunctionLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="labelSmoothing">s in [0, 1]: targets become t · (1 - s) + s / classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1].</exception>
    public CategoricalCrossentropy(double labelSmoothing = 0) => LabelSmoothing = RequireSmoothing(labelSmoothing);

    /// <inheritdoc/>
    public override string Name => "categorical_crossentropy";

    /// <summary>The share of a target that is spread evenly over the classes.</summary>
    public double LabelSmoothing { get; }

    private protected override LossFunction Function { get; } = new CategoricalCrossEntropyFunction();

    private protected override LossFunction LogitsFunction { get; } = new SoftmaxCrossEntropyFunction();

    /// <inheritdoc/>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax;

    private protected override Variable Prepare(Tape tape, Variable targets) => LabelSmoothing == 0
        ? targets
        : tape.Apply(new LabelSmoothingFunction(LabelSmoothing, targets.Shape[^1]), targets);

    private protected override string Advice(Shape targets, Shape outputShape) => targets.Rank == 1 || targets.LengthOf(1..) == 1
        ? " For class indices use sparse_categorical_crossentropy."
        : "";
}

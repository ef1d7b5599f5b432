using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>
/// The mean over all elements of -(t · ln p + (1 - t) · ln(1 - p)), targets in [0, 1]. After a sigmoid it is computed from the logits;
/// otherwise p is clipped to [1e-7, 1 - 1e-7] as in Keras.
/// </summary>
public sealed class BinaryCrossentropy : FunctionLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="labelSmoothing">s in [0, 1]: targets become t · (1 - s) + s / 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is not in [0, 1].</exception>
    public BinaryCrossentropy(double labelSmoothing = 0) => LabelSmoothing = RequireSmoothing(labelSmoothing);

    /// <inheritdoc/>
    public override string Name => "binary_crossentropy";

    /// <summary>The share of a target that is spread evenly over yes and no.</summary>
    public double LabelSmoothing { get; }

    private protected override LossFunction Function => BinaryCrossEntropyFunction.Instance;

    private protected override LossFunction LogitsFunction => SigmoidCrossEntropyFunction.Instance;

    /// <inheritdoc/>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Sigmoid;

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        CheckTargetRange(targets, 0, 1, "in [0, 1]");
    }

    private protected override Variable Prepare(Tape tape, Variable targets) => LabelSmoothing == 0
        ? targets
        : tape.Apply(new LabelSmoothingFunction(LabelSmoothing, 2), targets);
}

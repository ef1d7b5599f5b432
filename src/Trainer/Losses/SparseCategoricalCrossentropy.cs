using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Losses;

/// <summary>As <see cref="CategoricalCrossentropy"/> with one class index a row, [n] or [n, 1], in place of one-hot rows.</summary>
public sealed class SparseCategoricalCrossentropy : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "sparse_categorical_crossentropy";

    private protected override LossFunction Function { get; } = new CategoricalCrossEntropyFunction(isSparse: true);

    private protected override LossFunction LogitsFunction { get; } = new SoftmaxCrossEntropyFunction(isSparse: true);

    /// <inheritdoc/>
    public override bool TakesLogitsOf(Activation activation) => activation == Activation.Softmax;

    /// <inheritdoc/>
    public override Shape TargetShape(Shape outputShape) => [1];

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        int classes = outputShape[^1];
        ReadOnlySpan<float> labels = targets.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (!(labels[i] >= 0 && labels[i] < classes && float.IsInteger(labels[i])))
            {
                throw new ArgumentException(
                    $"y: {Name} expected class indices 0 to {classes - 1} (layer '{layer}' has {classes} outputs), got {labels[i]} at sample {i}.",
                    nameof(targets));
            }
        }
    }

    private protected override string Advice(Shape targets, Shape outputShape) => targets.Rank > 1 && targets.LengthOf(1..) == outputShape.Length
        ? " For one-hot rows use categorical_crossentropy."
        : "";
}

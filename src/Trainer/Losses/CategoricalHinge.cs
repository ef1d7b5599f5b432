using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over the batch of max(1 + the greatest other score - the true class's score, 0), for scores [N, classes] and one-hot targets.</summary>
public sealed class CategoricalHinge : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "categorical_hinge";

    private protected override LossFunction Function => CategoricalHingeFunction.Instance;

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        CheckTargetRange(targets, -1, 1, "in [-1, 1]");
    }
}

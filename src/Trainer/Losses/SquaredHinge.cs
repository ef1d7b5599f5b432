using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of max(1 - t · y, 0)², for targets -1 and 1; 0 counts as -1, so that labels 0 and 1 work too, as in Keras.</summary>
public sealed class SquaredHinge : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "squared_hinge";

    private protected override LossFunction Function => SquaredHingeFunction.Instance;

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        CheckTargetRange(targets, -1, 1, "in [-1, 1]");
    }
}

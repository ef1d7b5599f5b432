using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of y - t · ln(y + 1e-7): the negative logarithm of a Poisson likelihood of counts t with means y, without its constant.</summary>
public sealed class Poisson : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "poisson";

    private protected override LossFunction Function => PoissonFunction.Instance;

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        CheckTargetRange(targets, 0, float.PositiveInfinity, "of 0 or more");
    }
}

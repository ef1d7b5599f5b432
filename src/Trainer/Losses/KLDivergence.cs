using Toolkit.Numerics;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The Kullback-Leibler divergence from predicted to target probabilities, the mean over the batch of Σ_c t_c · ln(t_c / p_c), both clipped to [1e-7, 1]
/// as in Keras.</summary>
public sealed class KLDivergence : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "kl_divergence";

    private protected override LossFunction Function => KlDivergenceFunction.Instance;

    /// <inheritdoc/>
    public override void CheckTargets(Tensor<float> targets, Shape outputShape, string layer)
    {
        base.CheckTargets(targets, outputShape, layer);
        CheckTargetRange(targets, 0, 1, "in [0, 1]");
    }
}

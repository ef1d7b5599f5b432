using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>Minus the cosine of the angle between rows of predictions and targets, the mean over the batch: -1 for the same direction, 0 for a right angle.</summary>
public sealed class CosineSimilarity : FunctionLoss
{
    /// <inheritdoc/>
    public override string Name => "cosine_similarity";

    private protected override LossFunction Function => CosineSimilarityFunction.Instance;
}

namespace Toolkit.Trainer.Metrics;

/// <summary>The share found of the outputs that should say yes: TP / (TP + FN); 0 where none should.</summary>
/// <param name="threshold">What is above it counts as yes.</param>
/// <param name="classIndex">The class whose output counts; null for all.</param>
/// <param name="name">The name in logs.</param>
public sealed class Recall(double threshold = 0.5, int? classIndex = null, string name = "recall") : DecisionMetric(threshold, classIndex, name)
{
    /// <inheritdoc/>
    public override Metric Fresh() => new Recall(Threshold, ClassIndex, Name);

    private protected override double Compute() => Ratio(TruePositives, TruePositives + FalseNegatives);
}

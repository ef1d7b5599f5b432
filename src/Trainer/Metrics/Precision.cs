namespace Toolkit.Trainer.Metrics;

/// <summary>The share of right ones among the outputs that say yes: TP / (TP + FP); 0 where none does.</summary>
/// <param name="threshold">What is above it counts as yes.</param>
/// <param name="classIndex">The class whose output counts; null for all.</param>
/// <param name="name">The name in logs.</param>
public sealed class Precision(double threshold = 0.5, int? classIndex = null, string name = "precision") : DecisionMetric(threshold, classIndex, name)
{
    /// <inheritdoc/>
    public override Metric Fresh() => new Precision(Threshold, ClassIndex, Name);

    private protected override double Compute() => Ratio(TruePositives, TruePositives + FalsePositives);
}

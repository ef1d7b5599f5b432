namespace Toolkit.Trainer.Metrics;

/// <summary>
/// The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN); 0 where there is neither a yes nor a call for one. Over several
/// outputs it is the micro average.
/// </summary>
/// <param name="threshold">What is above it counts as yes.</param>
/// <param name="classIndex">The class whose output counts; null for all.</param>
/// <param name="name">The name in logs.</param>
public sealed class F1(double threshold = 0.5, int? classIndex = null, string name = "f1_score") : DecisionMetric(threshold, classIndex, name)
{
    /// <inheritdoc/>
    public override Metric Fresh() => new F1(Threshold, ClassIndex, Name);

    private protected override double Compute() => Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);
}

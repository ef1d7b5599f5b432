namespace Toolkit.Trainer.Recipes.Diabetes;

/// <summary>
/// The receiver operating characteristic: sensitivity against 1 − specificity over all thresholds. Samples of equal probability make one step, so
/// that the area is the probability that a positive has more than a negative, equal ones counted half.
/// </summary>
/// <remarks>Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006, algorithm 1.</remarks>
internal sealed class RocCurve
{
    /// <summary>Makes the curve; both classes must occur.</summary>
    public RocCurve(IReadOnlyList<double> probabilities, IReadOnlyList<bool> truth)
    {
        int positives = truth.Count(isPositive => isPositive);
        int negatives = truth.Count - positives;
        var points = new List<(double FalsePositives, double TruePositives)> { (0, 0) };
        var equal = (Threshold: 1.0, Sensitivity: 0.0, Specificity: 1.0);
        int right = 0;
        int wrong = 0;
        foreach (IGrouping<double, bool> step in probabilities.Zip(truth).GroupBy(pair => pair.First, pair => pair.Second).OrderByDescending(group => group.Key))
        {
            right += step.Count(isPositive => isPositive);
            wrong += step.Count(isPositive => !isPositive);
            points.Add((wrong / (double)negatives, right / (double)positives));
            (double sensitivity, double specificity) = (points[^1].TruePositives, 1 - points[^1].FalsePositives);
            if (Math.Abs(sensitivity - specificity) < Math.Abs(equal.Sensitivity - equal.Specificity))
            {
                equal = (step.Key, sensitivity, specificity);
            }

            Area += (points[^1].FalsePositives - points[^2].FalsePositives) * (points[^1].TruePositives + points[^2].TruePositives) / 2;
        }

        Points = points;
        EqualRates = equal;
    }

    /// <summary>From (0, 0) to (1, 1).</summary>
    public IReadOnlyList<(double FalsePositives, double TruePositives)> Points { get; }

    /// <summary>The area below it.</summary>
    public double Area { get; }

    /// <summary>The threshold at which sensitivity and specificity are most nearly equal; what has it or more counts as positive.</summary>
    public (double Threshold, double Sensitivity, double Specificity) EqualRates { get; }
}

using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Trainer.Recipes.Diabetes;

/// <summary>The pages on the cross-validated networks: folds, ROC curve, calibration, confusion matrix, what the measurements weigh.</summary>
internal static class PimaPages
{
    private const int Bins = 10;

    public static IEnumerable<ReportSection> Create(RecipeStudy study, CrossValidation folds, RocCurve curve) =>
        [Accuracy(study, folds), Roc(folds, curve), Calibration(folds), Measurements(study, folds, curve)];

    private static ReportSection Accuracy(RecipeStudy study, CrossValidation folds)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"All {folds.Count} rows, in {CrossValidation.Folds} parts with the classes' shares: ten networks, each trained on nine parts and tested on the tenth, get {folds.Accuracy:P1} right. Parts range from {folds.FoldAccuracies.Min():P1} to {folds.FoldAccuracies.Max():P1}. Saying no diabetes of everybody would get {study.Figures["majority_accuracy"]:P1}.");
        return new ReportSection(
            "Cross-validation",
            text,
            new LinePlot("Accuracy of each part", "part", "accuracy", PlotSeries.Of("", folds.FoldAccuracies, 1) with { HasMarkers = true })
            {
                YMarks = [new AxisTick(study.Figures["majority_accuracy"], "no diabetes of everybody"), new AxisTick(folds.Accuracy, "all parts")],
            },
            new Heatmap("Confusion matrix, all parts", folds.Confusion(), study.Splits.Classes, study.Splits.Classes) { RowTitle = "truth", ColumnTitle = "predicted", IsShadedByRow = true });
    }

    private static ReportSection Roc(CrossValidation folds, RocCurve curve)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"A woman who got diabetes has a higher probability than one who did not in {curve.Area:P1} of all such pairs: that is the area below the curve. At a threshold of {curve.EqualRates.Threshold:F2} sensitivity and specificity are equal, {curve.EqualRates.Sensitivity:P1}. At 0.5, {Rate(folds, true):P1} of those with diabetes are found, and {Rate(folds, false):P1} of the others are told that they are well.");
        return new ReportSection(
            "ROC curve",
            text,
            new LinePlot(
                "ROC curve",
                "1 − specificity",
                "sensitivity",
                new PlotSeries("cross-validated", [.. curve.Points.Select(point => point.FalsePositives)], [.. curve.Points.Select(point => point.TruePositives)]),
                new PlotSeries("guessing", [0, 1], [0, 1]) { IsDashed = true }));
    }

    private static ReportSection Calibration(CrossValidation folds)
    {
        var bins = Enumerable.Range(0, folds.Count).GroupBy(row => Math.Min(Bins - 1, (int)(folds.Probabilities[row] * Bins))).OrderBy(bin => bin.Key)
            .Select(bin => (Predicted: bin.Average(row => folds.Probabilities[row]), Observed: bin.Average(row => folds.Truth[row] ? 1.0 : 0.0), Count: bin.Count())).ToArray();
        double gap = bins.Sum(bin => bin.Count * Math.Abs(bin.Predicted - bin.Observed)) / folds.Count;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Of the women whom the networks give a probability near p, a share of p should have got diabetes. Probabilities differ from shares by {100 * gap:F1} percentage points on average (expected calibration error); the mean squared error of the probabilities is {folds.Brier:F3} (Brier's score).");
        return new ReportSection(
            "Calibration",
            text,
            new LinePlot(
                "Share with diabetes by predicted probability",
                "predicted probability",
                "share with diabetes",
                new PlotSeries("cross-validated", [.. bins.Select(bin => bin.Predicted)], [.. bins.Select(bin => bin.Observed)]) { HasMarkers = true },
                new PlotSeries("calibrated", [0, 1], [0, 1]) { IsDashed = true }),
            new Histogram("Predicted probabilities", "probability of diabetes", folds.Probabilities, 20));
    }

    private static ReportSection Measurements(RecipeStudy study, CrossValidation folds, RocCurve curve)
    {
        IReadOnlyList<string> names = [.. PimaDiabetes.InputColumns.Select(name => name.Replace('_', ' '))];
        double[] losses = [.. folds.ShuffledProbabilities.Select(shuffled => curve.Area - new RocCurve(shuffled, folds.Truth).Area)];
        Tensor<float> kernel = study.Model.GetWeights()["hidden1.kernel"];
        int units = kernel.Shape[1];
        double[] norms = [.. Enumerable.Range(0, names.Count).Select(input => Math.Sqrt(kernel.Span.Slice(input * units, units).ToArray().Sum(weight => (double)weight * weight)))];
        string[] order = [.. names.Zip(losses).OrderByDescending(pair => pair.Second).Select(pair => pair.First)];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"Without the knowledge of {order[0]}, its values shuffled among the women of a part, the area below the ROC curve falls by {losses.Max():F3}; next come {order[1]} and {order[2]}. {Capital(order[^1])} matters least. In the first layer {names[Array.IndexOf(norms, norms.Max())]} has the largest weights, {names[Array.IndexOf(norms, norms.Min())]} the smallest.");
        return new ReportSection(
            "What the measurements weigh",
            text,
            new BarPlot("Area lost when a measurement is shuffled", "area below the ROC curve", names, new BarSeries("", losses)),
            new BarPlot("Weights of the first layer", "root of the sum of squares", names, new BarSeries("", norms)));
    }

    private static double Rate(CrossValidation folds, bool isPositive) =>
        Enumerable.Range(0, folds.Count).Where(row => folds.Truth[row] == isPositive).Average(row => folds.Probabilities[row] > 0.5 == isPositive ? 1.0 : 0.0);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

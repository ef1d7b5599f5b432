using System.Globalization;
using Toolkit.Trainer;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>Loss and metrics over the epochs.</summary>
internal static class CurvesSection
{
    private const string ValidationPrefix = "val_";

    /// <summary>Up to so many epochs a curve has markers.</summary>
    private const int MarkedEpochs = 30;

    public static ReportSection? Create(RecipeResult result)
    {
        History history = result.History;
        string[] names = [.. history.Names.Where(name => !name.StartsWith(ValidationPrefix, StringComparison.Ordinal))];
        if (history.Epochs.Count == 0 || names.Length == 0)
        {
            return null;
        }

        string text = history.Names.Any(name => name.StartsWith(ValidationPrefix, StringComparison.Ordinal))
            ? "Training figures are means over an epoch, while the weights change; validation figures are measured at its end, so that they may be the better ones early on."
            : "Training figures are means over an epoch, while the weights change.";
        return new ReportSection("Training", text, [.. names.Select(name => Plot(result, name))]);
    }

    private static LinePlot Plot(RecipeResult result, string name)
    {
        History history = result.History;
        var curves = new List<PlotSeries> { Curve(history, name, "training") with { Color = 0 } };
        if (history.Names.Contains(ValidationPrefix + name))
        {
            curves.Add(Curve(history, ValidationPrefix + name, "validation") with { Color = 1 });
        }

        PublishedResult? published = result.Data.IsFallback ? null : result.Recipe.Published;
        if (name == "loss" && published?.TrainLosses is { Count: > 0 } losses)
        {
            curves.Add(PlotSeries.Of("training, published", losses, first: 1) with { Color = 7, IsDashed = true });
        }

        double? mark = result.Recipe.Metrics is [var first, ..] && name == first ? published?.TestFigure : null;
        return new LinePlot(Wording.Capital(Wording.Of(name)), "epoch", "", curves)
        {
            YMarks = mark is { } figure ? [new AxisTick(figure, string.Create(CultureInfo.InvariantCulture, $"published on the test part: {figure:0.####}"))] : [],
        };
    }

    private static PlotSeries Curve(History history, string name, string title)
    {
        EpochLog[] epochs = [.. history.Epochs.Where(log => log.Values.ContainsKey(name))];
        return new PlotSeries(title, [.. epochs.Select(log => log.Epoch + 1.0)], [.. epochs.Select(log => log.Values[name])]) { HasMarkers = epochs.Length <= MarkedEpochs };
    }
}

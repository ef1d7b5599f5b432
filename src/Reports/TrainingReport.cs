using System.Globalization;
using Toolkit.Reports.Html;
using Toolkit.Reports.Training;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports;

/// <summary>What there is to show of every training: curves, the network, and how it does on the test part.</summary>
public static class TrainingReport
{
    /// <summary>
    /// Makes the report of a trained recipe. Classifiers get a confusion matrix, figures by class and, of images, what was
    /// misclassified; regressions get predictions against truth and residuals; networks on images their first weights and
    /// feature maps. The recipe's own sections come last.
    /// </summary>
    /// <param name="result">The trained recipe.</param>
    public static Report Create(RecipeResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var report = new Report(result.Recipe.Name, result.Recipe.Description) { Notice = result.Data.Notice ?? "" };
        AddFacts(report, result);
        var test = TestPart.Of(result);
        IEnumerable<ReportSection?> sections =
        [
            CurvesSection.Create(result),
            NetworkSection.Create(result.Model),
            ClassesSection.Create(test),
            MistakesSection.Create(test),
            RegressionSection.Create(test),
            FiltersSection.Create(result.Model, test),
            FeatureMapsSection.Create(result.Model, test),
        ];
        foreach (ReportSection section in sections.OfType<ReportSection>().Concat(result.Sections))
        {
            report.Add(section);
        }

        return report;
    }

    private static void AddFacts(Report report, RecipeResult result)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        foreach ((string name, double value) in result.Test.Metrics)
        {
            report.AddFact($"Test {Wording.Of(name)}", value.ToString("F4", culture));
        }

        foreach ((string name, double value) in result.Figures)
        {
            report.AddFact(Wording.Capital(Wording.Of(name)), HtmlText.Number(value));
        }

        report.AddFact("Test loss", result.TestLoss.ToString("F4", culture));
        if (result.Epochs > 0)
        {
            report.AddFact("Training loss", result.TrainLoss.ToString("F4", culture));
            report.AddFact("Epochs", result.Epochs.ToString("N0", culture));
            report.AddFact("Batch size", result.BatchSize.ToString("N0", culture));
            report.AddFact("Training time", result.TrainSeconds >= 90 ? string.Create(culture, $"{result.TrainSeconds / 60:F1} min") : string.Create(culture, $"{result.TrainSeconds:F1} s"));
            report.AddFact("Samples a second", result.SamplesPerSecond.ToString("N0", culture));
        }

        report.AddFact("Parameters", result.Parameters.ToString("N0", culture));
        report.AddFact("Seed", result.Seed.ToString(culture));
        report.AddFact("Subject", result.Recipe.Chapter);
        report.AddFact("Network", result.Recipe.Network);
        report.AddFact("Data set", $"{result.Data.Data.Name}: {result.Data.Data.Source}");
        if (result.Recipe.Published is { } published)
        {
            report.AddFact("Published", string.Create(culture, $"{published.Describe(result.Recipe.Metrics is [var first, ..] ? first : "loss")} on {result.Recipe.DatasetName}: {published.Source}"));
        }
    }
}

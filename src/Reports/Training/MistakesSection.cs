using Toolkit.Numerics;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>The pictures that a classifier gets wrong.</summary>
internal static class MistakesSection
{
    private const int Shown = 30;

    public static ReportSection? Create(TestPart? test)
    {
        if (test is not { IsClassification: true, Images: { } images })
        {
            return null;
        }

        // The surest mistakes tell most: an unsure one is near the border anyway. Equal scores stay in the samples' order.
        (int Sample, double Score)[] mistakes =
        [
            .. Enumerable.Range(0, test.Data.Count)
                .Where(sample => test.Predicted(sample) != test.Truth(sample))
                .Select(sample => (sample, test.Score(sample, test.Predicted(sample))))
                .OrderByDescending(mistake => mistake.Item2),
        ];
        if (mistakes.Length == 0)
        {
            return new ReportSection("Mistakes", $"All {Wording.Count(test.Data.Count)} test samples are classified right.");
        }

        ReportImage[] pictures = [.. mistakes.Take(Shown).Select(mistake => new ReportImage(Pictures.At(images, mistake.Sample), Label(test, mistake.Sample)))];
        string text = $"{Wording.Count(mistakes.Length)} of {Wording.Count(test.Data.Count)} test samples are misclassified. {(mistakes.Length > Shown ? $"These are the {Shown} of which the network is surest." : "The surest mistakes come first.")}";
        return new ReportSection("Mistakes", text, new ImageGrid("Misclassified samples", pictures)
        {
            Scale = Pictures.ScaleOf(images),
            Caption = "Below each picture: truth \u2192 prediction, then the probabilities that the network gives its prediction and the truth.",
        });
    }

    private static string Label(TestPart test, int sample)
    {
        int truth = test.Truth(sample);
        int predicted = test.Predicted(sample);
        return $"{test.Classes[truth]} \u2192 {test.Classes[predicted]}\n{Wording.PercentNumber(test.Score(sample, predicted))} / {Wording.PercentNumber(test.Score(sample, truth))} %";
    }
}

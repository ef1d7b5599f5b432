using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>What the convolutions make of one picture.</summary>
internal static class FeatureMapsSection
{
    private const int ShownMaps = 32;
    private const int ShownLayers = 4;

    public static ReportSection? Create(Model model, TestPart? test)
    {
        if (test?.Images is not { } images || test.Data.X.Shape.Rank != 4)
        {
            return null;
        }

        Layer[] convolutions = [.. model.Layers.Where(IsConvolution).Take(ShownLayers)];
        if (convolutions.Length == 0)
        {
            return null;
        }

        Tensor<float> sample = test.Data.Take(1).X;
        string name = test.IsClassification ? $" ({test.Classes[test.Truth(0)]})" : "";
        var items = new List<ReportItem>
        {
            new ImageGrid("The sample", new ReportImage(Pictures.At(images, 0), test.IsClassification ? test.Classes[test.Truth(0)] : "")) { Scale = Pictures.ScaleOf(images) },
        };
        foreach (Layer layer in convolutions)
        {
            Tensor<float> maps = Pictures.At(model.Activations(sample, layer.Name).Contiguous(), 0);
            int count = maps.Shape[0];
            ReportImage[] pictures = [.. Enumerable.Range(0, Math.Min(count, ShownMaps)).Select(map => new ReportImage(Pictures.At(maps, map), $"{map}"))];
            items.Add(new ImageGrid($"{layer.Name}: {count} maps of {maps.Shape[1]} \u00d7 {maps.Shape[2]}", pictures)
            {
                Scale = ImageScale.Range,
                Caption = count > ShownMaps ? $"The first {ShownMaps} of {count} are shown." : "",
            });
        }

        return new ReportSection(
            "Feature maps",
            $"The first test sample{name} and what {(convolutions.Length == 1 ? "the convolution gives" : "the convolutions give")} for it. Each map is stretched from its smallest to its largest value; a black one found nothing.",
            items);
    }

    // A map of one value is no picture.
    private static bool IsConvolution(Layer layer) =>
        layer.OutputShape.Rank == 3 && layer.OutputShape[1] * layer.OutputShape[2] > 1 && layer.Parameters.Any(parameter => parameter.Shape.Rank == 4);
}

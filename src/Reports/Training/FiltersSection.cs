using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>The weights of the first layer, as pictures where its input is one.</summary>
internal static class FiltersSection
{
    private const int Shown = 48;

    /// <summary>Up to so many inputs and units, weights on data that are no pictures are shown as a matrix.</summary>
    private const int MaxMatrixSide = 64;

    public static ReportSection? Create(Model model, TestPart? test)
    {
        Layer? first = model.Layers.FirstOrDefault(layer => layer.ParameterCount > 0);
        Parameter? kernel = first?.Parameters.FirstOrDefault(parameter => parameter.Shape.Rank is 2 or 4);
        if (first is null || kernel is null || test is null)
        {
            return null;
        }

        Tensor<float> weights = Tensor.From<float>(kernel.Shape, kernel.Value);
        return kernel.Shape.Rank == 4 ? Convolution(first, weights) : first is Dense ? Units(first, weights, test) : null;
    }

    private static ReportSection? Convolution(Layer layer, Tensor<float> weights)
    {
        int filters = weights.Shape[0];
        int channels = weights.Shape[1];
        if (channels is not (1 or 3) || weights.Shape.LengthOf(2..) < 2)
        {
            return null;
        }

        ReportImage[] pictures = [.. Enumerable.Range(0, Math.Min(filters, Shown)).Select(filter => new ReportImage(Pictures.At(weights, filter), $"{filter}"))];
        string colors = channels == 1 ? "Warm places raise the output where the picture is bright, cold ones lower it." : "Each is stretched from its smallest to its largest weight.";
        return new ReportSection(
            "First-layer filters",
            $"Layer '{layer.Name}' slides {Wording.Count(filters)} kernels of {weights.Shape[2]} \u00d7 {weights.Shape[3]} over the picture.",
            new ImageGrid("Kernels", pictures) { Scale = channels == 1 ? ImageScale.Diverging : ImageScale.Range, Caption = colors + Left(filters) });
    }

    private static ReportSection? Units(Layer layer, Tensor<float> weights, TestPart test)
    {
        Tensor<float>? images = test.Images;
        int inputs = weights.Shape[0];
        int units = weights.Shape[1];
        if (images is not null && images.Shape.LengthOf(1..) == inputs && images.Shape[1] == 1)
        {
            Tensor<float> rows = weights.Transpose(1, 0).Contiguous();
            ReportImage[] pictures =
            [
                .. Enumerable.Range(0, Math.Min(units, Shown)).Select(unit => new ReportImage(Pictures.At(rows, unit).Reshape([images.Shape[2], images.Shape[3]]), $"{unit}")),
            ];
            return new ReportSection(
                "First-layer weights",
                $"Each of the {Wording.Count(units)} units of layer '{layer.Name}' has a weight for every pixel; here they stand in the pixels' places.",
                new ImageGrid("Weights by unit", pictures) { Scale = ImageScale.Diverging, Caption = "Warm pixels raise the unit's output where they are bright, cold ones lower it." + Left(units) });
        }

        IReadOnlyList<string> names = test.Source.FeatureNames.Count == inputs ? test.Source.FeatureNames : [];
        return inputs > MaxMatrixSide || units > MaxMatrixSide
            ? null
            : new ReportSection(
                "First-layer weights",
                $"Layer '{layer.Name}': a row an input, a column a unit.",
                new Heatmap("Weights", weights, names, []) { IsDiverging = true, RowTitle = "input", ColumnTitle = "unit", IsWide = units > 16 });
    }

    private static string Left(int count) => count > Shown ? $" The first {Shown} of {Wording.Count(count)} are shown." : "";
}

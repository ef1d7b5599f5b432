using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Training;

/// <summary>The layers of the network.</summary>
internal static class NetworkSection
{
    public static ReportSection Create(Model model)
    {
        string[][] rows = [.. model.Layers.Select(layer => new[] { layer.Name, layer.GetType().Name, Shape(layer.OutputShape), Wording.Count(layer.ParameterCount) })];
        int trainable = model.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => parameter.Shape.Length);
        int fixedCount = model.ParameterCount - trainable;
        string text = $"{Wording.Count(model.ParameterCount)} parameters{(fixedCount > 0 ? $", {Wording.Count(fixedCount)} of which training does not change" : "")}. N is the batch; pictures are channels, height, width.";
        return new ReportSection("Network", text, new ReportTable("", ["Layer", "Type", "Output shape", "Parameters"], rows));
    }

    private static string Shape(Shape shape) => shape.Rank == 0 ? "N" : $"N \u00d7 {string.Join(" \u00d7 ", shape)}";
}

using System.Globalization;
using System.Text;
using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Training;

/// <summary>The table of a model's layers, in the columns that Keras prints.</summary>
internal static class ModelSummary
{
    private const string LayerTitle = "Layer (type)";
    private const string ShapeTitle = "Output Shape";
    private const string CountTitle = "Param #";

    public static string Of(Model model, ParameterArena arena)
    {
        (string Layer, string Shape, string Count)[] rows =
        [
            (LayerTitle, ShapeTitle, CountTitle),
            .. model.Layers.Select(layer => (layer.ToString(), Batched(layer.OutputShape), Number(layer.ParameterCount))),
        ];
        int[] widths = [rows.Max(row => row.Layer.Length), rows.Max(row => row.Shape.Length), rows.Max(row => row.Count.Length)];
        string line = new('─', widths.Sum() + 8);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Model: \"{model.Name}\"\n{line}\n");
        for (int index = 0; index < rows.Length; index++)
        {
            (string layer, string shape, string count) = rows[index];
            text.Append(CultureInfo.InvariantCulture, $" {layer.PadRight(widths[0])}   {shape.PadRight(widths[1])}   {count.PadLeft(widths[2])}\n");
            text.Append(index == 0 ? $"{line}\n" : "");
        }

        int trainable = arena.Parameters.Where(parameter => parameter.IsTrainable).Sum(parameter => parameter.Shape.Length);
        text.Append(CultureInfo.InvariantCulture, $"{line}\n");
        text.Append(CultureInfo.InvariantCulture, $" Total params: {Number(arena.Count)} ({Size(arena.Count)})\n");
        text.Append(CultureInfo.InvariantCulture, $" Trainable params: {Number(trainable)} ({Size(trainable)})\n");
        text.Append(CultureInfo.InvariantCulture, $" Non-trainable params: {Number(arena.Count - trainable)} ({Size(arena.Count - trainable)})");
        return text.ToString();
    }

    private static string Batched(Shape shape) => shape.Rank == 0 ? "(None,)" : $"(None, {string.Join(", ", shape)})";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(int count) => (count * 4.0) switch
    {
        >= 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{count * 4.0 / (1024 * 1024):F2} MB"),
        >= 1024 => string.Create(CultureInfo.InvariantCulture, $"{count * 4.0 / 1024:F2} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count * 4.0:F2} B"),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.Export.Quantization;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli;

/// <summary>The report of <c>quantize</c> for people and for scripts.</summary>
internal static class QuantizationText
{
    public static void Print(CommandContext context, QuantizationResult result, DatasetSplits data)
    {
        Table table = Tables.Create("layer", "operator", "SQNR dB", "cosine", "clipped", result.IsClassifier ? "accuracy alone" : "MSE alone");
        foreach (LayerReport layer in Ranked(result.Report))
        {
            Tables.AddRow(
                table,
                layer.Layer.Node,
                layer.Layer.Activation is { } activation ? $"{layer.Layer.OperatorType} + {activation}" : layer.Layer.OperatorType,
                Text("0.0", layer.SqnrDb),
                Text("0.00000", layer.Cosine),
                layer.ClipRate is { } rate ? Text("0.####%", rate) : "float",
                layer.ScoreAlone is { } alone ? Score(result, alone) : "");
        }

        context.Console.Write(table);
        foreach (QuantizedLayer layer in result.Model.Layers.Where(layer => !layer.IsQuantized))
        {
            context.Output.WriteLine($"Stays float: {layer.OperatorType} '{layer.Node}': {layer.Reason}");
        }

        foreach (string warning in result.Model.Warnings)
        {
            context.Note($"Warning: {warning}");
        }

        if (result.Report.SuggestedExcludes.Count > 0)
        {
            context.Output.WriteLine($"Most of the loss comes from: --exclude {string.Join(' ', result.Report.SuggestedExcludes)}");
        }

        Table facts = Tables.Facts();
        Tables.AddRow(facts, result.IsClassifier ? "accuracy" : "mean squared error", $"float32 {Score(result, result.ScoreFloat)}, int8 {Score(result, result.ScoreQuantized)} on {data.Test.Count:N0} test samples");
        Tables.AddRow(facts, "output", $"SQNR {Text("0.0", result.Report.SqnrDb)} dB");
        Tables.AddRow(facts, "size", string.Create(CultureInfo.InvariantCulture, $"{result.File.Bytes:N0} of {result.FloatBytes:N0} bytes ({result.SizeRatio:P1})"));
        foreach (BackendAgreement backend in result.File.Agreements)
        {
            Tables.AddRow(facts, backend.Backend, backend.Rows == 0 ? "runs it" : string.Create(
                CultureInfo.InvariantCulture, $"runs it; the same arg-max as float32 on {backend.Rows - backend.Differing:N0} of {backend.Rows:N0} ({1 - ((double)backend.Differing / backend.Rows):P2})"));
        }

        Tables.AddRow(facts, "file", result.File.Path);
        context.Console.Write(facts);
    }

    public static JsonObject ToJson(QuantizationResult result, DatasetSplits data)
    {
        var json = new JsonObject
        {
            ["layers"] = JsonText.Objects(result.Model.Layers.Select(layer => ToJson(layer, result.Report.Layers.FirstOrDefault(report => report.Layer == layer), result.IsClassifier))),
            ["quantized_layers"] = result.Model.Layers.Count(layer => layer.IsQuantized),
            ["size_ratio"] = JsonText.Number(result.SizeRatio),
            ["sqnr_db"] = JsonText.Number(result.Report.SqnrDb),
            ["accuracy_fp32"] = result.IsClassifier ? JsonText.Number(result.ScoreFloat) : null,
            ["accuracy_int8"] = result.IsClassifier ? JsonText.Number(result.ScoreQuantized) : null,
        };
        if (!result.IsClassifier)
        {
            json["mean_squared_error_fp32"] = JsonText.Number(-result.ScoreFloat);
            json["mean_squared_error_int8"] = JsonText.Number(-result.ScoreQuantized);
        }

        json["test_samples"] = data.Test.Count;
        json["dataset"] = data.Name;
        json["method"] = result.Model.Model.Metadata["quantization_method"];
        json["bytes_fp32"] = result.FloatBytes;
        json["bytes_int8"] = result.File.Bytes;
        json["ranking"] = JsonText.Strings(Ranked(result.Report).Select(report => report.Layer.Node));
        json["suggested_exclude"] = JsonText.Strings(result.Report.SuggestedExcludes);
        json["warnings"] = JsonText.Strings(result.Model.Warnings);
        json["backends"] = JsonText.Objects(result.File.Agreements.Select(backend => new JsonObject
        {
            ["backend"] = backend.Backend,
            ["samples"] = backend.Rows,
            ["argmax_disagreements"] = backend.Differing,
        }));
        json["onnx"] = result.File.Path;
        return json;
    }

    // What costs most stands first.
    private static IEnumerable<LayerReport> Ranked(QuantizationReport report) => report.Layers.OrderBy(layer => layer.ScoreAlone).ThenBy(layer => layer.SqnrDb);

    private static JsonObject ToJson(QuantizedLayer layer, LayerReport? report, bool isClassifier)
    {
        var json = new JsonObject
        {
            ["node"] = layer.Node,
            ["operator"] = layer.OperatorType,
            ["activation"] = layer.Activation,
            ["quantized"] = layer.IsQuantized,
            ["reason"] = layer.Reason,
            ["scale"] = layer.Parameters?.Scale,
            ["zero_point"] = layer.Parameters?.ZeroPoint,
            ["sqnr_db"] = report is null ? null : JsonText.Number(report.SqnrDb),
            ["cosine"] = report is null ? null : JsonText.Number(report.Cosine),
            ["clip_rate"] = report?.ClipRate,
        };
        json[isClassifier ? "accuracy_alone" : "mean_squared_error_alone"] = report?.ScoreAlone is { } alone ? JsonText.Number(isClassifier ? alone : -alone) : null;
        return json;
    }

    private static string Score(QuantizationResult result, double score) => result.IsClassifier ? Text("0.00%", score) : Text("0.######", -score);

    private static string Text(string format, double value) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : double.IsNaN(value) ? "no signal" : "exact";
}

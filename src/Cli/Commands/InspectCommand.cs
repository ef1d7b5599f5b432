using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Onnx;

namespace Toolkit.Cli.Commands;

/// <summary><c>inspect</c>: what a model file holds and what can run it here.</summary>
internal sealed class InspectCommand : ToolkitCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file." };
    private readonly Option<bool> _nodes = new("--nodes") { Description = "Also list every node." };

    public InspectCommand()
        : base("inspect", "Says what a model holds, and which backends run it here.", "inspect mnist-mlp.onnx", "inspect mnist-mlp.onnx --nodes", "inspect model.onnx --json")
    {
        Arguments.Add(_model);
        Options.Add(_nodes);
    }

    public override IReadOnlyList<string> Notes => ["MACs are multiplications with accumulation for one sample: open dimensions count as 1."];

    public override Outcome Execute(CommandContext context)
    {
        ModelFile file = ModelFile.Open(context.Get(_model), context.Limits);
        OnnxModel model = file.Model
            ?? throw new UnsupportedOperatorException($"'{file.Path}': {file.Unsupported}");
        ModelStatistics statistics = ModelStatistics.Of(model);
        (IInferenceBackend Backend, string? Reason)[] runnable = [.. Backends.All.Select(backend => (backend, Backends.ReasonAgainst(backend, file)))];
        Print(context, file, model, statistics, runnable);
        return new Outcome(ToJson(file, model, statistics, runnable));
    }

    private static JsonObject ToJson(ModelFile file, OnnxModel model, ModelStatistics statistics, (IInferenceBackend Backend, string? Reason)[] runnable) => new()
    {
        ["inputs"] = JsonText.Objects(model.Graph.Inputs.Select(JsonText.Value)),
        ["outputs"] = JsonText.Objects(model.Graph.Outputs.Select(JsonText.Value)),
        ["operators"] = new JsonObject(statistics.Operators.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["parameters"] = statistics.Parameters,
        ["parameter_bytes"] = statistics.ParameterBytes,
        ["macs"] = statistics.MultiplyAccumulates,
        ["opset"] = model.OpsetImports.TryGetValue("", out long opset) ? opset : null,
        ["opsets"] = new JsonObject(statistics.Opsets.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["ir_version"] = model.IrVersion,
        ["producer"] = $"{model.ProducerName} {model.ProducerVersion}".Trim(),
        ["graph"] = model.Graph.Name,
        ["metadata"] = new JsonObject(model.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["nodes"] = JsonText.Objects(statistics.Nodes.Select(node => new JsonObject
        {
            ["name"] = node.Node.Name,
            ["operator"] = node.Node.Operator.OpType,
            ["inputs"] = JsonText.Strings(node.Node.Inputs),
            ["outputs"] = JsonText.Strings(node.Node.Outputs),
            ["macs"] = node.MultiplyAccumulates,
        })),
        ["file_bytes"] = file.Bytes.Length,
        ["runnable"] = new JsonObject(runnable.Select(pair => KeyValuePair.Create(
            pair.Backend.Name,
            (JsonNode?)new JsonObject { ["runs"] = pair.Reason is null, ["reason"] = pair.Reason }))),
    };

    private void Print(CommandContext context, ModelFile file, OnnxModel model, ModelStatistics statistics, (IInferenceBackend Backend, string? Reason)[] runnable)
    {
        Table facts = Tables.Facts();
        foreach (ValueInfo input in model.Graph.Inputs)
        {
            Tables.AddRow(facts, "input", input.ToString());
        }

        foreach (ValueInfo output in model.Graph.Outputs)
        {
            Tables.AddRow(facts, "output", output.ToString());
        }

        Tables.AddRow(facts, "operators", string.Join(", ", statistics.Operators.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} x{pair.Value}"))));
        Tables.AddRow(facts, "parameters", string.Create(CultureInfo.InvariantCulture, $"{statistics.Parameters:N0} ({statistics.ParameterBytes / 1e6:F2} MB)"));
        Tables.AddRow(facts, "MACs", statistics.MultiplyAccumulates?.ToString("N0", CultureInfo.InvariantCulture) ?? "not known: a shape depends on values");
        Tables.AddRow(facts, "opset", string.Join(", ", statistics.Opsets.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}"))));
        Tables.AddRow(facts, "file", string.Create(CultureInfo.InvariantCulture, $"{file.Bytes.Length:N0} bytes, IR version {model.IrVersion}, made by {Producer(model)}"));
        foreach ((string key, string value) in model.Metadata)
        {
            Tables.AddRow(facts, key, value);
        }

        foreach ((IInferenceBackend backend, string? reason) in runnable)
        {
            Tables.AddRow(facts, backend.Name, reason is null ? "runs it" : $"cannot run it: {reason}");
        }

        context.Console.Write(facts);
        if (context.Get(_nodes))
        {
            context.Console.Write(NodeTable(statistics));
        }
    }

    private static string Producer(OnnxModel model) =>
        model.ProducerName.Length == 0 ? "an unnamed tool" : $"{model.ProducerName} {model.ProducerVersion}".Trim();

    private static Table NodeTable(ModelStatistics statistics)
    {
        Table table = Tables.Create("node", "operator", "inputs", "outputs", "MACs");
        foreach (NodeStatistics node in statistics.Nodes)
        {
            Tables.AddRow(
                table,
                node.Node.Name,
                node.Node.Operator.OpType,
                string.Join(", ", node.Node.Inputs),
                string.Join(", ", node.Node.Outputs),
                node.MultiplyAccumulates?.ToString("N0", CultureInfo.InvariantCulture) ?? "?");
        }

        return table;
    }
}

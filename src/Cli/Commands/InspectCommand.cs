using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Onnx;

namespace Toolkit.Cli.Commands;

/// <summary><c>inspect</c>: what a model file holds, what can run it here, and every node that something cannot.</summary>
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

    public override IReadOnlyList<string> Notes =>
    [
        "MACs are multiplications with accumulation for one sample: open dimensions count as 1.",
        "The managed engine names all nodes that it does not run; ONNX Runtime names the first. A model with operators that are unknown here is described by what is known of it.",
    ];

    public override Outcome Execute(CommandContext context)
    {
        ModelFile file = ModelFile.Open(context.Get(_model), context.Limits);
        ModelStatistics? statistics = file.Model is { } model ? ModelStatistics.Of(model) : null;
        Runnable[] runnable = [.. Backends.All.Select(backend => new Runnable(backend.Name, Backends.Refusal(backend, file)))];
        IReadOnlyList<OnnxNode> floating = runnable.Any(backend => backend is { Name: "managed", Refusal: null }) && file.Model is { } read ? FloatNodes(read, context.Limits) : [];
        Print(context, file, statistics, runnable);
        if (floating.Count > 0)
        {
            context.Output.WriteLine($"{floating.Count} {(floating.Count == 1 ? "node stays" : "nodes stay")} in floating point: {string.Join(", ", floating.Select(node => $"{node.Operator.OpType} '{node.Name}'"))}");
        }

        return new Outcome(ToJson(file, statistics, runnable, floating));
    }

    private static IReadOnlyList<OnnxNode> FloatNodes(OnnxModel model, OnnxLimits limits)
    {
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Limits = limits, Threads = 1 });
        return session.FloatNodes;
    }

    private static JsonObject ToJson(ModelFile file, ModelStatistics? statistics, Runnable[] runnable, IReadOnlyList<OnnxNode> floating) => new()
    {
        ["float_nodes"] = JsonText.Objects(floating.Select(node => new JsonObject { ["name"] = node.Name, ["operator"] = node.Operator.OpType })),
        ["inputs"] = file.Model is null ? null : JsonText.Objects(file.Model.Graph.Inputs.Select(JsonText.Value)),
        ["outputs"] = file.Model is null ? null : JsonText.Objects(file.Model.Graph.Outputs.Select(JsonText.Value)),
        ["operators"] = statistics is null ? null : new JsonObject(statistics.Operators.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["parameters"] = statistics?.Parameters,
        ["parameter_bytes"] = statistics?.ParameterBytes,
        ["macs"] = statistics?.MultiplyAccumulates,
        ["opset"] = file.Model?.OpsetImports.TryGetValue("", out long opset) == true ? opset : null,
        ["opsets"] = statistics is null ? null : new JsonObject(statistics.Opsets.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["ir_version"] = file.Model?.IrVersion,
        ["producer"] = file.Model is null ? null : $"{file.Model.ProducerName} {file.Model.ProducerVersion}".Trim(),
        ["graph"] = file.Model?.Graph.Name,
        ["metadata"] = file.Model is null ? null : new JsonObject(file.Model.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["nodes"] = statistics is null ? null : JsonText.Objects(statistics.Nodes.Select(node => new JsonObject
        {
            ["name"] = node.Node.Name,
            ["operator"] = node.Node.Operator.OpType,
            ["inputs"] = JsonText.Strings(node.Node.Inputs),
            ["outputs"] = JsonText.Strings(node.Node.Outputs),
            ["macs"] = node.MultiplyAccumulates,
            ["runs_on"] = JsonText.Strings(runnable.Where(backend => backend.Runs(node.Node) == true).Select(backend => backend.Name)),
        })),
        ["file_bytes"] = file.Bytes.Length,
        ["runnable"] = new JsonObject(runnable.Select(backend => KeyValuePair.Create(backend.Name, (JsonNode?)new JsonObject
        {
            ["runs"] = backend.Refusal is null,
            ["reason"] = backend.Refusal?.Message,
            ["refused"] = JsonText.Objects(backend.Refused.Select(refusal => new JsonObject
            {
                ["node"] = refusal.Node,
                ["operator"] = refusal.OpType,
                ["domain"] = refusal.Domain,
                ["opset"] = refusal.Opset,
                ["reason"] = refusal.Reason,
            })),
        }))),
    };

    private void Print(CommandContext context, ModelFile file, ModelStatistics? statistics, Runnable[] runnable)
    {
        Table facts = Tables.Facts();
        if (statistics is not null)
        {
            AddFacts(facts, file, file.Model!, statistics);
        }
        else
        {
            Tables.AddRow(facts, "file", string.Create(CultureInfo.InvariantCulture, $"{file.Bytes.Length:N0} bytes with operators that are unknown here"));
        }

        foreach (Runnable backend in runnable)
        {
            Tables.AddRow(facts, backend.Name, backend.Refusal is null ? "runs it" : $"cannot run it: {backend.Refusal.Message}");
        }

        context.Console.Write(facts);
        foreach (Runnable backend in runnable.Where(backend => backend.Refused.Count > 0))
        {
            context.Output.WriteLine($"{backend.Name} does not run {backend.Refused.Count} {(backend.Refused.Count == 1 ? "node" : "nodes")}:");
            Table table = Tables.Create("node", "operator", "opset", "reason");
            foreach (UnsupportedOperatorException refusal in backend.Refused)
            {
                string opset = string.Create(CultureInfo.InvariantCulture, $"{(refusal.Domain.Length == 0 ? "ai.onnx" : refusal.Domain)} {refusal.Opset}");
                Tables.AddRow(table, refusal.Node, refusal.OpType, opset, refusal.Reason);
            }

            context.Console.Write(table);
        }

        if (context.Get(_nodes) && statistics is not null)
        {
            context.Console.Write(NodeTable(statistics, runnable));
        }
    }

    private static void AddFacts(Table facts, ModelFile file, OnnxModel model, ModelStatistics statistics)
    {
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
    }

    private static string Producer(OnnxModel model) =>
        model.ProducerName.Length == 0 ? "an unnamed tool" : $"{model.ProducerName} {model.ProducerVersion}".Trim();

    private static Table NodeTable(ModelStatistics statistics, Runnable[] runnable)
    {
        Table table = Tables.Create("node", "operator", "inputs", "outputs", "MACs", "runs on");
        foreach (NodeStatistics node in statistics.Nodes)
        {
            Tables.AddRow(
                table,
                node.Node.Name,
                node.Node.Operator.OpType,
                string.Join(", ", node.Node.Inputs),
                string.Join(", ", node.Node.Outputs),
                node.MultiplyAccumulates?.ToString("N0", CultureInfo.InvariantCulture) ?? "?",
                string.Join(", ", runnable.Where(backend => backend.Runs(node.Node) == true).Select(backend => backend.Name)));
        }

        return table;
    }

    /// <summary>Whether a backend runs the model.</summary>
    /// <param name="Name">The backend.</param>
    /// <param name="Refusal">What it throws; null where it runs the model.</param>
    private sealed record Runnable(string Name, Exception? Refusal)
    {
        /// <summary>The nodes that it names as those that it does not run.</summary>
        public IReadOnlyList<UnsupportedOperatorException> Refused { get; } =
            Refusal is UnsupportedOperatorException unsupported ? [.. unsupported.Refusals.Where(refusal => refusal.OpType.Length > 0)] : [];

        /// <summary>Whether it runs a node; null where it has not said.</summary>
        public bool? Runs(OnnxNode node) => Refusal is null ? true : Refused.Count == 0 ? null : !Refused.Any(refusal => refusal.Node == node.Name);
    }
}

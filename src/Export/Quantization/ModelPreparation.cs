using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Export.Quantization;

/// <summary>
/// Brings a float model into the form that is quantized: a copy at opset 13 or newer, every node named, constants among the initializers, nothing that only
/// copies, MatMul and Add joined, batch normalization folded.
/// </summary>
internal static class ModelPreparation
{
    /// <summary>The first opset in which quantization has an axis.</summary>
    private const int MinOpset = 13;

    /// <summary>The first version of the format that belongs to it.</summary>
    private const int MinIrVersion = 7;

    /// <exception cref="OnnxModelException">The model is quantized already.</exception>
    public static OnnxModel Prepare(OnnxModel model, OnnxLimits limits)
    {
        RequireFloat(model);
        OnnxModel copy = Copy(model, limits);
        NameNodes(copy.Graph);
        LiftConstants(copy.Graph);
        RemoveCopies(copy.Graph);
        WeightFolding.JoinMatMulAndAdd(copy.Graph);
        WeightFolding.FoldFactors(copy.Graph);
        WeightFolding.FoldBatchNormalization(copy.Graph);
        RemoveUnused(copy.Graph);
        return copy;
    }

    /// <summary>A name that no value and no node of the graph has.</summary>
    public static string Unique(HashSet<string> taken, string name)
    {
        string candidate = name;
        for (int i = 1; !taken.Add(candidate); i++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }

        return candidate;
    }

    /// <summary>Every name that a value of the graph has.</summary>
    public static HashSet<string> ValueNames(OnnxGraph graph) =>
        [.. graph.Inputs.Select(input => input.Name), .. graph.Initializers.Keys, .. graph.Nodes.SelectMany(node => node.Outputs)];

    private static void RequireFloat(OnnxModel model)
    {
        OnnxNode? quantized = model.Graph.Nodes.FirstOrDefault(node =>
            node.Operator is QuantizeLinear or DequantizeLinear or DynamicQuantizeLinear or QLinearConv or QLinearMatMul or ConvInteger or MatMulInteger
            || node.Operator.OpType.StartsWith("QLinear", StringComparison.Ordinal));
        if (quantized is not null)
        {
            throw new OnnxModelException($"Quantize: expected a float32 model, got {quantized}: the model is quantized already; give the float32 model that it was made of.");
        }
    }

    private static OnnxModel Copy(OnnxModel model, OnnxLimits limits)
    {
        var raised = new OnnxModel(model.Graph)
        {
            IrVersion = Math.Max(model.IrVersion, MinIrVersion),
            ProducerName = model.ProducerName,
            ProducerVersion = model.ProducerVersion,
            Domain = model.Domain,
            ModelVersion = model.ModelVersion,
            Description = model.Description,
        };
        foreach ((string domain, long version) in model.OpsetImports)
        {
            raised.OpsetImports[domain] = domain.Length == 0 ? Math.Max(version, MinOpset) : version;
        }

        foreach ((string key, string value) in model.Metadata)
        {
            raised.Metadata[key] = value;
        }

        return OnnxModel.Parse(raised.ToBytes(), limits);
    }

    private static void NameNodes(OnnxGraph graph)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            OnnxNode node = graph.Nodes[i];
            string name = node.Name.Length > 0 ? node.Name : $"{node.Operator.OpType}_{i.ToString(CultureInfo.InvariantCulture)}";
            graph.Nodes[i] = node with { Name = Unique(taken, name) };
        }
    }

    private static void LiftConstants(OnnxGraph graph)
    {
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            if (graph.Nodes[i] is { Operator: Constant constant } node && graph.Outputs.All(output => output.Name != node.Outputs[0]))
            {
                graph.Initializers[node.Outputs[0]] = constant.Value;
                graph.Nodes.RemoveAt(i);
            }
        }
    }

    private static void RemoveCopies(OnnxGraph graph)
    {
        var view = new GraphView(graph);
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new List<OnnxNode>();
        foreach (OnnxNode node in graph.Nodes)
        {
            OnnxNode renamed = node with { Inputs = [.. node.Inputs.Select(input => sources.GetValueOrDefault(input, input))] };
            bool isCopy = node.Operator is Identity
                || (node.Operator is Dropout && node.Outputs.Skip(1).All(output => output.Length == 0) && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0));
            if (isCopy && !view.IsOutput(node.Outputs[0]) && !view.IsCaptured(node.Outputs[0]))
            {
                sources.Add(node.Outputs[0], renamed.Inputs[0]);
            }
            else
            {
                kept.Add(renamed);
            }
        }

        Replace(graph, kept);
    }

    public static void Replace(OnnxGraph graph, IReadOnlyList<OnnxNode> nodes)
    {
        graph.Nodes.Clear();
        foreach (OnnxNode node in nodes)
        {
            graph.Nodes.Add(node);
        }
    }

    /// <summary>Takes away initializers that nothing reads.</summary>
    public static void RemoveUnused(OnnxGraph graph)
    {
        var view = new GraphView(graph);
        foreach (string name in graph.Initializers.Keys.ToArray())
        {
            if (view.Readers(name).Count == 0 && !view.IsOutput(name) && !view.IsCaptured(name))
            {
                graph.Initializers.Remove(name);
            }
        }
    }
}

using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>One node of a graph, linked to the values that it reads and makes; null is an omitted one.</summary>
internal sealed class GraphNode(string name, Operator op, GraphValue?[] inputs, GraphValue?[] outputs)
{
    private OnnxNode? _onnx;

    /// <summary>The node's name in the model.</summary>
    public string Name { get; } = name;

    /// <summary>What it computes.</summary>
    public Operator Operator { get; } = op;

    /// <summary>The values that it reads: those that its operator takes, and behind them those that its subgraphs see.</summary>
    public GraphValue?[] Inputs { get; private set; } = inputs;

    /// <summary>How many of the inputs its operator takes.</summary>
    public int OperatorInputCount { get; init; } = inputs.Length;

    /// <summary>The graphs that it runs. Their inputs are what the operator feeds, and behind that what they see of this graph; null is one that never runs.</summary>
    public IReadOnlyList<ModelGraph?> Subgraphs { get; init; } = [];

    /// <summary>The values that it makes.</summary>
    public GraphValue?[] Outputs { get; } = outputs;

    /// <summary>The node as the model's classes know it, for inference and messages.</summary>
    public OnnxNode Onnx => _onnx ??= new OnnxNode(
        Name, Operator, [.. Inputs.Take(OperatorInputCount).Select(input => input?.Name ?? "")], [.. Outputs.Select(output => output?.Name ?? "")]);

    /// <summary>Replaces one input, for a pass; the links are the graph's to keep.</summary>
    internal void SetInput(int index, GraphValue? value)
    {
        Inputs[index] = value;
        _onnx = null;
    }

    /// <summary>Removes an input that only the subgraphs see.</summary>
    internal void RemoveInput(int index)
    {
        Inputs[index]!.Consumers.Remove(this);
        Inputs = [.. Inputs.AsSpan(0, index), .. Inputs.AsSpan(index + 1)];
    }

    /// <summary>As it is written in messages: <c>Gemm '/dense1/Gemm'</c>.</summary>
    public override string ToString() => $"{Operator.OpType} '{Name}'";
}

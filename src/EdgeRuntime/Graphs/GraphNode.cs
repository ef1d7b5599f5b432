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

    /// <summary>The values that it reads.</summary>
    public GraphValue?[] Inputs { get; } = inputs;

    /// <summary>The values that it makes.</summary>
    public GraphValue?[] Outputs { get; } = outputs;

    /// <summary>The node as the model's classes know it, for inference and messages.</summary>
    public OnnxNode Onnx => _onnx ??= new OnnxNode(
        Name, Operator, [.. Inputs.Select(input => input?.Name ?? "")], [.. Outputs.Select(output => output?.Name ?? "")]);

    /// <summary>Replaces one input, for a pass; the links are the graph's to keep.</summary>
    internal void SetInput(int index, GraphValue? value)
    {
        Inputs[index] = value;
        _onnx = null;
    }

    /// <summary>As it is written in messages: <c>Gemm '/dense1/Gemm'</c>.</summary>
    public override string ToString() => $"{Operator.OpType} '{Name}'";
}

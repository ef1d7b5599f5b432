using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>One value of a graph: made once, by a node, by the caller (an input) or by the model (a constant).</summary>
internal sealed class GraphValue(string name, InferredValue info)
{
    /// <summary>The name in the model.</summary>
    public string Name { get; } = name;

    /// <summary>Type, shape and, where it is a constant, the value.</summary>
    public InferredValue Info { get; set; } = info;

    /// <summary>The value of a constant, or null.</summary>
    public Tensor? Constant => Producer is null && !IsInput ? Info.Constant : null;

    /// <summary>Whether the caller feeds it.</summary>
    public bool IsInput { get; set; }

    /// <summary>Whether the caller gets it.</summary>
    public bool IsOutput { get; set; }

    /// <summary>The node that makes it; null for an input or a constant.</summary>
    public GraphNode? Producer { get; set; }

    /// <summary>The nodes that read it, one entry a read.</summary>
    public List<GraphNode> Consumers { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Info.Type} {Info.Shape?.ToString() ?? "?"}";
}

using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>A stored node after inlining, with the operator sets that it is written in and the graphs among its attributes.</summary>
internal sealed class ExpandedNode(NodeProto proto, IReadOnlyDictionary<string, int> opsets)
{
    public NodeProto Proto { get; } = proto;

    /// <summary>The version of every domain for this node: the model's, or those of the function whose body it comes from.</summary>
    public IReadOnlyDictionary<string, int> Opsets { get; } = opsets;

    /// <summary>The subgraphs by the name of their attribute.</summary>
    public Dictionary<string, ExpandedGraph> Graphs { get; } = new(StringComparer.Ordinal);

    public string Domain { get; } = GraphReader.Normalize(proto.Domain);

    /// <summary>The node's name, unique in its graph, once it has been given.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its operator, once it has been found.</summary>
    public OperatorEntry? Entry { get; set; }
}

using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>A stored graph whose calls of functions have been replaced by the functions' nodes.</summary>
internal sealed class ExpandedGraph(GraphProto proto)
{
    public GraphProto Proto { get; } = proto;

    /// <summary>The nodes, in order. They stand for the nodes of <see cref="Proto"/>.</summary>
    public List<ExpandedNode> Nodes { get; } = new(proto.Node.Count);
}

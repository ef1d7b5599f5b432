using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>
/// Walks a stored graph with its subgraphs and puts the nodes of the model's own functions where they are called. Counts what comes out, so
/// that functions that call each other many times do not grow a small file without bound.
/// </summary>
internal sealed class GraphExpander
{
    private readonly ModelProto _model;
    private readonly OnnxLimits _limits;
    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];
    private readonly List<FunctionProto> _calls = [];
    private readonly FunctionInliner _inliner;
    private long _nodes;

    public GraphExpander(ModelProto model, OnnxLimits limits)
    {
        (_model, _limits) = (model, limits);
        foreach (FunctionProto function in model.Functions)
        {
            if (!_functions.TryAdd((GraphReader.Normalize(function.Domain), function.Name, function.Overload), function))
            {
                throw new OnnxModelException($"Model: function '{function.Name}' of domain '{function.Domain}' is there twice.");
            }
        }

        _inliner = new FunctionInliner(model, limits);
    }

    /// <summary>The model's graph, expanded.</summary>
    /// <exception cref="OnnxModelException">A function calls itself, or the limits are exceeded.</exception>
    public ExpandedGraph Expand(IReadOnlyDictionary<string, int> opsets) => Expand(_model.Graph, opsets, 1);

    private ExpandedGraph Expand(GraphProto proto, IReadOnlyDictionary<string, int> opsets, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw new OnnxModelException($"Graph '{proto.Name}': subgraphs nest deeper than the limit of {_limits.MaxDepth} (OnnxLimits.MaxDepth).");
        }

        var graph = new ExpandedGraph(proto);
        foreach (NodeProto node in proto.Node)
        {
            Add(graph.Nodes, node, opsets, depth);
        }

        return graph;
    }

    private void Add(List<ExpandedNode> nodes, NodeProto proto, IReadOnlyDictionary<string, int> opsets, int depth)
    {
        if (++_nodes > _limits.MaxNodes)
        {
            throw new OnnxModelException($"Graph '{_model.Graph.Name}': its nodes, subgraphs and calls of functions included, exceed the limit of {_limits.MaxNodes} (OnnxLimits.MaxNodes).");
        }

        var node = new ExpandedNode(proto, opsets);
        if (_functions.TryGetValue((node.Domain, proto.OpType, proto.Overload), out FunctionProto? function))
        {
            Inline(nodes, proto, function, opsets, depth);
            return;
        }

        foreach (AttributeProto attribute in proto.Attribute)
        {
            if (attribute.G is { } graph)
            {
                node.Graphs.TryAdd(attribute.Name, Expand(graph, opsets, depth + 1));
            }
        }

        nodes.Add(node);
    }

    private void Inline(List<ExpandedNode> nodes, NodeProto call, FunctionProto function, IReadOnlyDictionary<string, int> opsets, int depth)
    {
        if (_calls.Contains(function))
        {
            throw new OnnxModelException($"Function '{function.Name}': it calls itself{(_calls[^1] == function ? "" : $" through '{_calls[^1].Name}'")}; functions cannot be recursive.");
        }

        if (_calls.Count >= _limits.MaxDepth)
        {
            throw new OnnxModelException($"Function '{function.Name}': calls of functions nest deeper than the limit of {_limits.MaxDepth} (OnnxLimits.MaxDepth).");
        }

        _calls.Add(function);
        Dictionary<string, int> own = ModelReader.ReadOpsets(function.OpsetImport, $"Function '{function.Name}'");
        foreach ((string domain, int version) in opsets)
        {
            own.TryAdd(domain, version);
        }

        foreach (NodeProto node in _inliner.Inline(call, function, own))
        {
            Add(nodes, node, own, depth);
        }

        _calls.RemoveAt(_calls.Count - 1);
    }
}

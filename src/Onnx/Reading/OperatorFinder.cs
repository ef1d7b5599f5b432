namespace Toolkit.Onnx.Reading;

/// <summary>Finds every node's operator in the table, subgraphs included, or says of all that are not there in one exception.</summary>
internal sealed class OperatorFinder
{
    private readonly List<UnsupportedOperatorException> _refusals = [];

    /// <summary>Sets the operators of a graph whose nodes have their names.</summary>
    /// <exception cref="OnnxModelException">A node's domain has no opset.</exception>
    /// <exception cref="UnsupportedOperatorException">Operators are not supported; names them all.</exception>
    public static void Find(ExpandedGraph graph)
    {
        var finder = new OperatorFinder();
        finder.Visit(graph);
        if (finder._refusals.Count > 0)
        {
            throw UnsupportedOperatorException.Of(finder._refusals);
        }
    }

    private void Visit(ExpandedGraph graph)
    {
        foreach (ExpandedNode node in graph.Nodes)
        {
            Find(node);
            foreach (ExpandedGraph inner in node.Graphs.Values)
            {
                Visit(inner);
            }
        }
    }

    private void Find(ExpandedNode node)
    {
        string opType = node.Proto.OpType;
        if (!node.Opsets.TryGetValue(node.Domain, out int opset))
        {
            throw new OnnxModelException($"{opType} '{node.Name}': its domain '{(node.Domain.Length == 0 ? "ai.onnx" : node.Domain)}' is not among the model's opset imports.");
        }

        OperatorEntry? entry = OperatorTable.Find(node.Domain, opType);
        string? reason = entry is null ? RefusedOperators.Reason(node.Domain, opType) ?? "there is no support for this operator"
            : opset < entry.SinceVersion ? $"it is supported from opset {entry.SinceVersion} on; convert the model to a newer opset"
            : opset > entry.MaxVersion ? $"it is supported up to opset {entry.MaxVersion}; convert the model to an older opset"
            : node.Proto.Overload.Length > 0 ? $"overload '{node.Proto.Overload}' is not among the model's functions"
            : null;
        if (reason is null)
        {
            node.Entry = entry;
            return;
        }

        _refusals.Add(new UnsupportedOperatorException(opType, node.Domain, opset, node.Name, reason + "."));
    }
}

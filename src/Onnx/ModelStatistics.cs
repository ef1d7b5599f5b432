namespace Toolkit.Onnx;

/// <summary>What a model consists of: parameters, work, operators.</summary>
/// <param name="Parameters">Elements of the floating-point initializers and constants: the trained numbers.</param>
/// <param name="ParameterBytes">Bytes of all initializers and constants.</param>
/// <param name="MultiplyAccumulates">Multiplications with accumulation of one run, where every symbolic or unknown dimension of
/// the inputs is 1: of one sample. Null where a node's shapes are not known.</param>
/// <param name="Nodes">Each node with its multiplications, in order.</param>
/// <param name="Operators">How many nodes each operator has, by name (<c>Gemm</c>, <c>com.microsoft.Gelu</c>), sorted.</param>
/// <param name="Opsets">The version of each domain; the empty domain is written <c>ai.onnx</c>.</param>
public sealed record ModelStatistics(
    long Parameters,
    long ParameterBytes,
    long? MultiplyAccumulates,
    IReadOnlyList<NodeStatistics> Nodes,
    IReadOnlyDictionary<string, int> Operators,
    IReadOnlyDictionary<string, long> Opsets)
{
    /// <summary>Counts a model.</summary>
    /// <exception cref="OnnxModelException">The graph is not valid.</exception>
    public static ModelStatistics Of(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        List<NodeStatistics> nodes = CountNodes(model.Graph);
        long parameters = 0;
        long bytes = 0;
        foreach (Numerics.Tensor tensor in model.Graph.Initializers.Values.Concat(model.Graph.Nodes.Select(node => node.Operator).OfType<Operators.Constant>().Select(constant => constant.Value)))
        {
            parameters += ElementTypeSets.Of(tensor.ElementType) == ElementTypeSet.Floating ? tensor.Length : 0;
            bytes += Numerics.ElementTypes.Get(tensor.ElementType).StoredBytes(tensor.Length);
        }

        var operators = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            string name = node.Operator.Domain.Length == 0 ? node.Operator.OpType : $"{node.Operator.Domain}.{node.Operator.OpType}";
            operators[name] = operators.GetValueOrDefault(name) + 1;
        }

        var opsets = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string domain, long version) in model.OpsetImports)
        {
            opsets[domain.Length == 0 ? "ai.onnx" : domain] = version;
        }

        return new ModelStatistics(parameters, bytes, Total(nodes), nodes, operators, opsets);
    }

    private static long? Total(List<NodeStatistics> nodes)
    {
        long total = 0;
        foreach (NodeStatistics node in nodes)
        {
            if (node.MultiplyAccumulates is not { } count || count > long.MaxValue - total)
            {
                return null;
            }

            total += count;
        }

        return total;
    }

    private static List<NodeStatistics> CountNodes(OnnxGraph graph)
    {
        var sample = new OnnxGraph();
        foreach (ValueInfo input in graph.Inputs)
        {
            sample.Inputs.Add(input with { Shape = input.Shape is { } shape ? OneSample(shape) : null });
        }

        foreach ((string name, Numerics.Tensor value) in graph.Initializers)
        {
            sample.Initializers.Add(name, value);
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            sample.Nodes.Add(node);
        }

        try
        {
            return Count(sample);
        }
        catch (OnnxModelException)
        {
            // A model whose unknown dimensions cannot be 1: the work is not known where it depends on them.
            return Count(graph);
        }
    }

    private static List<NodeStatistics> Count(OnnxGraph graph)
    {
        var nodes = new List<NodeStatistics>(graph.Nodes.Count);
        ShapeInference.Run(graph, (node, context) => nodes.Add(new NodeStatistics(node, node.Operator.CountMultiplyAccumulates(context))));
        return nodes;
    }

    private static SymbolicShape OneSample(SymbolicShape shape) =>
        new([.. shape.Dimensions.ToArray().Select(dimension => dimension.IsKnown ? dimension : 1)]);
}

using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Quantization;

/// <summary>Who makes and who reads each value of a graph, as it is now. Nodes are known by name, which preparation makes unique.</summary>
internal sealed class GraphView
{
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyDictionary<string, ValueInfo>> _values;

    public GraphView(OnnxGraph graph)
    {
        _graph = graph;
        _outputs = [.. graph.Outputs.Select(output => output.Name)];
        _values = new Lazy<IReadOnlyDictionary<string, ValueInfo>>(() => ShapeInference.Run(graph));
        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                _makers[output] = node;
            }

            foreach (string input in node.Inputs)
            {
                if (!_readers.TryGetValue(input, out List<OnnxNode>? readers))
                {
                    _readers.Add(input, readers = []);
                }

                readers.Add(node);
            }

            if (node.Operator is ControlFlowOperator control)
            {
                AddCaptured(control);
            }
        }
    }

    public OnnxNode? Maker(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The nodes that read a value, one that reads it twice twice.</summary>
    public IReadOnlyList<OnnxNode> Readers(string value) => _readers.TryGetValue(value, out List<OnnxNode>? readers) ? readers : [];

    public bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>Whether a subgraph of a node reads the value.</summary>
    public bool IsCaptured(string value) => _captured.Contains(value);

    /// <summary>The only node that reads a value, and nothing else does; null otherwise.</summary>
    public OnnxNode? OnlyReader(string value) => !IsOutput(value) && !IsCaptured(value) && Readers(value) is [var reader] ? reader : null;

    /// <summary>A float32 constant; null for anything else.</summary>
    public Tensor<float>? Constant(string value) => _graph.Initializers.GetValueOrDefault(value) as Tensor<float>;

    public bool IsConstant(string value) => _graph.Initializers.ContainsKey(value);

    public bool IsFloat(string value) => IsConstant(value) ? Constant(value) is not null : _values.Value.GetValueOrDefault(value)?.ElementType == ElementType.Float32;

    public SymbolicShape? Shape(string value) => _graph.Initializers.GetValueOrDefault(value) is { } constant
        ? SymbolicShape.From(constant.Shape) : _values.Value.GetValueOrDefault(value)?.Shape;

    // Names inside that are no values here match nothing, so that no scopes need to be kept apart.
    private void AddCaptured(ControlFlowOperator control)
    {
        foreach (OnnxGraph inner in control.Graphs)
        {
            _captured.UnionWith(inner.Outputs.Select(output => output.Name));
            foreach (OnnxNode node in inner.Nodes)
            {
                _captured.UnionWith(node.Inputs);
                if (node.Operator is ControlFlowOperator nested)
                {
                    AddCaptured(nested);
                }
            }
        }
    }
}

using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx.Inference;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>Reads a stored graph in one pass, validating and inferring each value as it comes.</summary>
internal sealed class GraphReader
{
    private const string InputRole = "Graph input";

    private readonly ExpandedGraph _expanded;
    private readonly GraphProto _proto;
    private readonly GraphReader? _outer;
    private readonly OnnxGraph _graph;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _makers = new(StringComparer.Ordinal);

    private GraphReader(ExpandedGraph expanded, GraphReader? outer, OnnxLimits limits, bool isBranch)
    {
        (_expanded, _proto, _outer, Limits) = (expanded, expanded.Proto, outer, limits);
        _graph = new OnnxGraph { Name = _proto.Name };
        Inference = new GraphInference(outer?.Inference, isBranch);
    }

    public OnnxLimits Limits { get; }

    public GraphInference Inference { get; }

    /// <summary>A domain as it is kept: <c>ai.onnx</c> is the empty one.</summary>
    public static string Normalize(string domain) => domain == "ai.onnx" ? "" : domain;

    /// <summary>Reads a model's graph.</summary>
    public static OnnxGraph Read(ExpandedGraph graph, OnnxLimits limits)
    {
        var reader = new GraphReader(graph, null, limits, isBranch: false);
        NameAll(graph, reader._nodeNames);
        OperatorFinder.Find(graph);
        return reader.Read(null);
    }

    /// <summary>Reads a subgraph of a node of this graph.</summary>
    /// <param name="graph">The subgraph.</param>
    /// <param name="inputs">What is known of each of its inputs.</param>
    /// <param name="isBranch">Whether it may run or not: then it may contradict the shapes around it.</param>
    /// <param name="error">Makes the exception for another number of inputs.</param>
    public OnnxGraph ReadSubgraph(ExpandedGraph graph, ReadOnlySpan<InferredValue> inputs, bool isBranch, Func<string, OnnxModelException> error)
    {
        int count = graph.Proto.Input.Count(input => !graph.Proto.Initializer.Any(tensor => tensor.Name == input.Name));
        return count == inputs.Length
            ? new GraphReader(graph, this, Limits, isBranch).Read(inputs.ToArray())
            : throw error($"expected {inputs.Length} inputs of its subgraph '{graph.Proto.Name}', got {count}.");
    }

    private OnnxGraph Read(InferredValue[]? inputs)
    {
        if (_proto.SparseInitializer.Count > 0)
        {
            throw new UnsupportedOperatorException($"Graph '{_proto.Name}': sparse initializers are not supported; save the model with dense tensors.");
        }

        CollectNames();
        ReadInitializers();
        ReadInputs(inputs);
        foreach (ExpandedNode node in _expanded.Nodes)
        {
            Add(new NodeReader(this, node).Read());
        }

        foreach (ValueInfoProto output in _proto.Output)
        {
            ValueInfo declared = ReadValueInfo(output, "Graph output");

            // Where a value changes from one iteration to the next, a subgraph's shapes are those of the first at best.
            _graph.Outputs.Add(_outer is null ? Inference.CheckOutput(declared)
                : new ValueInfo(declared.Name, ControlFlow.WithoutShape(ControlFlow.Result(declared, ControlFlow.Find(Inference, declared)).OnnxType)));
        }

        return _graph.Outputs.Count > 0 ? _graph
            : throw new OnnxModelException($"Graph '{_proto.Name}': expected one output at least, got none.");
    }

    /// <summary>Adds an initializer that the file does not have, under a name like the given one.</summary>
    public string AddConstant(string name, Tensor value)
    {
        string unique = Unique(name, _names);
        Inference.AddInitializer(unique, value);
        _graph.Initializers.Add(unique, value);
        return unique;
    }

    /// <summary>Adds a node that the file does not have, and returns its output.</summary>
    public string AddGenerated(string name, Operator @operator, string[] inputs)
    {
        string output = Unique(name + "_output_0", _names);
        Add(new OnnxNode(Unique(name, _nodeNames), @operator, inputs, [output]));
        return output;
    }

    /// <summary>Adds the nodes and initializers of a graph that has been read, under names of their own, and returns what its outputs are called here.</summary>
    public string[] AddInlined(string prefix, OnnxGraph graph, string[] inputs)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++)
        {
            names.Add(graph.Inputs[i].Name, inputs[i]);
        }

        foreach ((string name, Tensor value) in graph.Initializers)
        {
            names.Add(name, AddConstant($"{prefix}/{name}", value));
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                names.Add(output, Unique($"{prefix}/{output}", _names));
            }

            Add(new OnnxNode(Unique($"{prefix}/{node.Name}", _nodeNames), node.Operator, [.. node.Inputs.Select(NameHere)], [.. node.Outputs.Select(NameHere)]));
        }

        return [.. graph.Outputs.Select(output => NameHere(output.Name))];

        string NameHere(string name) => names.GetValueOrDefault(name, name);
    }

    private string? FindMaker(string name) => _makers.GetValueOrDefault(name) ?? _outer?.FindMaker(name);

    private static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int i = 1; !taken.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }

        return unique;
    }

    private void Add(OnnxNode node)
    {
        Inference.AddNode(node, FindMaker);
        _graph.Nodes.Add(node);
    }

    /// <summary>Every node's name: its own where that is the first of its kind in its graph, else one made from operator and position.</summary>
    private static void NameAll(ExpandedGraph graph, HashSet<string> names)
    {
        foreach (ExpandedNode node in graph.Nodes)
        {
            node.Name = node.Proto.Name.Length > 0 && names.Add(node.Proto.Name) ? node.Proto.Name : "";
        }

        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            ExpandedNode node = graph.Nodes[i];
            if (node.Name.Length == 0)
            {
                string wanted = node.Proto.Name.Length > 0 ? node.Proto.Name : node.Proto.OpType;
                node.Name = Unique(string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}"), names);
            }

            foreach (ExpandedGraph inner in node.Graphs.Values)
            {
                NameAll(inner, new HashSet<string>(StringComparer.Ordinal));
            }
        }
    }

    private void CollectNames()
    {
        foreach (ExpandedNode node in _expanded.Nodes)
        {
            _nodeNames.Add(node.Name);
            foreach (string output in node.Proto.Output)
            {
                _names.Add(output);
                _makers.TryAdd(output, $"{node.Proto.OpType} '{node.Name}'");
            }
        }

        _names.UnionWith(_proto.Initializer.Select(tensor => tensor.Name));
        _names.UnionWith(_proto.Input.Select(input => input.Name));
        if (_outer is not null)
        {
            // A name that is made up here hides none of those around.
            _names.UnionWith(_outer._names);
        }
    }

    private void ReadInitializers()
    {
        foreach (TensorProto tensor in _proto.Initializer)
        {
            Tensor value = TensorReader.Read(tensor, $"Initializer '{tensor.Name}'", Limits);
            Inference.AddInitializer(tensor.Name, value);
            _graph.Initializers.Add(tensor.Name, value);
        }
    }

    /// <summary>Reads the inputs that a caller feeds. IR 3 repeats every initializer among them: those are left out.</summary>
    private void ReadInputs(InferredValue[]? given)
    {
        int position = 0;
        foreach (ValueInfoProto input in _proto.Input)
        {
            ValueInfo declared = ReadValueInfo(input, InputRole);
            if (_graph.Initializers.TryGetValue(input.Name, out Tensor? value))
            {
                RequireMatch(declared, value);
                continue;
            }

            _graph.Inputs.Add(declared);
            if (given is null)
            {
                Inference.AddInput(declared);
            }
            else
            {
                Inference.AddInput(declared.Name, ControlFlow.Admit(declared, given[position++]));
            }
        }
    }

    private static void RequireMatch(ValueInfo declared, Tensor value)
    {
        bool matches = declared.Container is null && (declared.ElementType == ElementType.Undefined || declared.ElementType == value.ElementType);
        if (declared.Shape is { } shape)
        {
            matches &= shape.Rank == value.Shape.Rank;
            for (int axis = 0; matches && axis < shape.Rank; axis++)
            {
                matches = shape[axis].Size is not { } size || size == value.Shape[axis];
            }
        }

        if (!matches)
        {
            throw new OnnxModelException($"Graph input '{declared.Name}': declared as {declared}, but its initializer is {value.ElementType} {value.Shape}.");
        }
    }

    private ValueInfo ReadValueInfo(ValueInfoProto proto, string role)
    {
        string what = $"{role} '{proto.Name}'";
        OnnxType? type = TypeReader.Read(proto.Type, what);
        bool isFed = _outer is null && role == InputRole;
        if (type is null)
        {
            // What goes into a subgraph and what comes out of a graph may be left to inference.
            return !isFed ? new ValueInfo(proto.Name, ElementType.Undefined, null) : throw new OnnxModelException($"{what}: expected a type, got none.");
        }

        if (isFed && type is TensorType { ElementType: ElementType.Undefined })
        {
            TensorReader.ReadType(0, what);
        }

        return new ValueInfo(proto.Name, type);
    }
}

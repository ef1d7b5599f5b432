using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;
using AttributeType = Toolkit.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Toolkit.Onnx.Reading;

/// <summary>Reads one stored node: its attributes for the operator record, and the inputs that older opsets had as attributes.</summary>
internal sealed class NodeReader : AttributeReader
{
    private const int ConsumedInputsUntil = 6;

    private readonly GraphReader _graph;
    private readonly ExpandedNode _node;
    private readonly NodeProto _proto;
    private readonly string _name;
    private readonly Dictionary<string, AttributeProto> _attributes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<string> _inputs;

    public NodeReader(GraphReader graph, ExpandedNode node)
    {
        (_graph, _node, _proto, _name, Opset) = (graph, node, node.Proto, node.Name, node.Opsets[node.Domain]);
        _inputs = [.. _proto.Input.Take(Inference.GraphInference.CountUsed(_proto.Input))];
        OutputCount = Inference.GraphInference.CountUsed(_proto.Output);
        foreach (AttributeProto attribute in _proto.Attribute)
        {
            if (!_attributes.TryAdd(attribute.Name, attribute))
            {
                throw Error($"attribute '{attribute.Name}' is there twice.");
            }

            if (attribute.RefAttrName.Length > 0)
            {
                throw Error($"attribute '{attribute.Name}' refers to '{attribute.RefAttrName}' of a function, but the node is not in one.");
            }
        }
    }

    public override int Opset { get; }

    public override int InputCount => _inputs.Count;

    public override int OutputCount { get; }

    /// <summary>Makes the node's record, with the inputs of the newest form.</summary>
    public OnnxNode Read()
    {
        if (Opset < ConsumedInputsUntil && _node.Domain.Length == 0)
        {
            // Which inputs' memory may be used again: the planner finds out by itself.
            _read.Add("consumed_inputs");
        }

        Operator @operator = _node.Entry!.Read(this);
        foreach (string name in _attributes.Keys)
        {
            if (!_read.Contains(name))
            {
                throw Unsupported($"attribute '{name}' is not one that is known; remove it or convert the model to an opset without it.");
            }
        }

        return new OnnxNode(_name, @operator, [.. _inputs], [.. _proto.Output.Take(OutputCount)]);
    }

    public override bool Has(string name)
    {
        _read.Add(name);
        return _attributes.ContainsKey(name);
    }

    public override float Float(string name, float defaultValue) => Find(name, AttributeType.Float)?.F ?? defaultValue;

    public override long Int(string name, long defaultValue) => Find(name, AttributeType.Int)?.I ?? defaultValue;

    public override IReadOnlyList<float>? Floats(string name) => Find(name, AttributeType.Floats)?.Floats.ToArray();

    public override IntList? Ints(string name) => Find(name, AttributeType.Ints) is { } attribute ? new IntList(attribute.Ints.ToArray()) : null;

    public override string String(string name, string defaultValue) => Find(name, AttributeType.String) is { } attribute
        ? TensorReader.ReadText(attribute.S, Describe(name))
        : defaultValue;

    public override IReadOnlyList<string>? Strings(string name) =>
        Find(name, AttributeType.Strings)?.Strings.Select(text => TensorReader.ReadText(text, Describe(name))).ToArray();

    public override Tensor? Tensor(string name) => Find(name, AttributeType.Tensor) is { } attribute
        ? TensorReader.Read(attribute.T ?? throw Error($"attribute '{name}' is said to be a tensor, but holds none."), Describe(name), _graph.Limits)
        : null;

    public override ElementType ElementType(string name, ElementType defaultValue)
    {
        long number = Int(name, (long)defaultValue);
        return TensorReader.ReadType(number is > int.MinValue and < int.MaxValue ? (int)number : -1, Describe(name));
    }

    public override OnnxGraph Graph(string name, params ReadOnlySpan<InferredValue> inputs) =>
        Find(name, AttributeType.Graph) is not null && _node.Graphs.TryGetValue(name, out ExpandedGraph? graph)
            ? _graph.ReadSubgraph(graph, inputs, _node.Entry!.OpType == "If", Error)
            : throw Error($"expected a graph as attribute '{name}', which is not optional.");

    public override OnnxType? Type(string name) => Find(name, AttributeType.TypeProto) is { } attribute ? TypeReader.Read(attribute.Tp, Describe(name)) : null;

    public override InferredValue? InputValue(int input) => _graph.Inference.Find(Input(input));

    public override string Input(int input) => input < _inputs.Count ? _inputs[input] : "";

    public override SymbolicShape? InputShape(int input) => _graph.Inference.Find(Input(input))?.Shape;

    public override ElementType InputType(int input) => _graph.Inference.Find(Input(input))?.Type ?? Numerics.ElementType.Undefined;

    public override void SetInput(int input, string value)
    {
        while (_inputs.Count <= input)
        {
            _inputs.Add("");
        }

        _inputs[input] = value;
    }

    public override string AddConstant(string role, Tensor constant) => _graph.AddConstant($"{_name}/{role}", constant);

    public override string AddNode(Operator @operator, params ReadOnlySpan<string> inputs) => _graph.AddGenerated($"{_name}/{@operator.OpType}", @operator, inputs.ToArray());

    public override IReadOnlyList<string> AddGraph(string role, OnnxGraph graph, params ReadOnlySpan<string> inputs) =>
        graph.Nodes.Any(node => node.Operator is ControlFlowOperator)
            ? throw Unsupported($"control flow inside of '{role}' is not supported.")
            : _graph.AddInlined($"{_name}/{role}", graph, inputs.ToArray());

    public override OnnxModelException Error(string message) => new($"{_proto.OpType} '{_name}': {message}");

    public override UnsupportedOperatorException Unsupported(string reason) => new(_proto.OpType, GraphReader.Normalize(_proto.Domain), Opset, _name, reason);

    private string Describe(string attribute) => $"{_proto.OpType} '{_name}', attribute '{attribute}'";

    private AttributeProto? Find(string name, AttributeType type)
    {
        if (!Has(name))
        {
            return null;
        }

        AttributeProto attribute = _attributes[name];
        return attribute.Type == type ? attribute : throw Error($"expected attribute '{name}' of type {type}, got {attribute.Type}.");
    }
}

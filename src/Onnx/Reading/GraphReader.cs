using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx.Inference;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>Reads a stored graph in one pass, validating and inferring each value as it comes.</summary>
internal sealed class GraphReader(GraphProto proto, IReadOnlyDictionary<string, int> opsets, OnnxLimits limits)
{
    private readonly OnnxGraph _graph = new() { Name = proto.Name };
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _makers = new(StringComparer.Ordinal);

    public OnnxLimits Limits => limits;

    public GraphInference Inference { get; } = new();

    /// <summary>A domain as it is kept: <c>ai.onnx</c> is the empty one.</summary>
    public static string Normalize(string domain) => domain == "ai.onnx" ? "" : domain;

    public OnnxGraph Read()
    {
        if (proto.Node.Count > limits.MaxNodes)
        {
            throw new OnnxModelException($"Graph '{proto.Name}': {proto.Node.Count} nodes exceed the limit of {limits.MaxNodes} (OnnxLimits.MaxNodes).");
        }

        if (proto.SparseInitializer.Count > 0)
        {
            throw new UnsupportedOperatorException($"Graph '{proto.Name}': sparse initializers are not supported; save the model with dense tensors.");
        }

        string[] nodeNames = NameNodes();
        OperatorEntry[] entries = FindOperators(nodeNames);
        ReadInitializers();
        ReadInputs();
        for (int i = 0; i < entries.Length; i++)
        {
            var reader = new NodeReader(this, proto.Node[i], nodeNames[i], opsets[entries[i].Domain]);
            Add(reader.Read(entries[i]));
        }

        foreach (ValueInfoProto output in proto.Output)
        {
            ValueInfo declared = ReadValueInfo(output, "Graph output");
            _graph.Outputs.Add(Inference.CheckOutput(declared));
        }

        return _graph.Outputs.Count > 0 ? _graph
            : throw new OnnxModelException($"Graph '{proto.Name}': expected one output at least, got none.");
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
        Inference.AddNode(node, _makers.GetValueOrDefault);
        _graph.Nodes.Add(node);
    }

    /// <summary>Every node's name: its own where that is the first of its kind, else one made from operator and position.</summary>
    private string[] NameNodes()
    {
        var names = new string[proto.Node.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string name = proto.Node[i].Name;
            names[i] = name.Length > 0 && _nodeNames.Add(name) ? name : "";
        }

        for (int i = 0; i < names.Length; i++)
        {
            NodeProto node = proto.Node[i];
            if (names[i].Length == 0)
            {
                string wanted = node.Name.Length > 0 ? node.Name : node.OpType;
                names[i] = Unique(string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}"), _nodeNames);
            }

            foreach (string output in node.Output)
            {
                _names.Add(output);
                _makers.TryAdd(output, $"{node.OpType} '{names[i]}'");
            }
        }

        _names.UnionWith(proto.Initializer.Select(tensor => tensor.Name));
        _names.UnionWith(proto.Input.Select(input => input.Name));
        return names;
    }

    /// <summary>Finds every node's operator in the table, or says of all that are not there in one exception.</summary>
    private OperatorEntry[] FindOperators(string[] nodeNames)
    {
        var entries = new OperatorEntry[nodeNames.Length];
        UnsupportedOperatorException? first = null;
        var others = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        string firstType = "";
        for (int i = 0; i < entries.Length; i++)
        {
            NodeProto node = proto.Node[i];
            string domain = Normalize(node.Domain);
            if (!opsets.TryGetValue(domain, out int opset))
            {
                throw new OnnxModelException($"{node.OpType} '{nodeNames[i]}': its domain '{(domain.Length == 0 ? "ai.onnx" : domain)}' is not among the model's opset imports.");
            }

            OperatorEntry? entry = OperatorTable.Find(domain, node.OpType);
            string? reason = entry is null ? RefusedOperators.Reason(domain, node.OpType) ?? "there is no support for this operator"
                : opset < entry.SinceVersion ? $"it is supported from opset {entry.SinceVersion} on; convert the model to a newer opset"
                : opset > entry.MaxVersion ? $"it is supported up to opset {entry.MaxVersion}; convert the model to an older opset"
                : node.Overload.Length > 0 ? $"overload '{node.Overload}' is a function of the model, and functions are not supported"
                : null;
            if (reason is null)
            {
                entries[i] = entry!;
                continue;
            }

            string type = domain.Length == 0 ? node.OpType : $"{domain}.{node.OpType}";
            if (first is null)
            {
                firstType = type;
                first = new UnsupportedOperatorException(node.OpType, domain, opset, nodeNames[i], reason + ".");
            }
            else if (type != firstType)
            {
                others[type] = others.GetValueOrDefault(type) + 1;
            }
        }

        if (first is not null)
        {
            throw others.Count == 0 ? first : new UnsupportedOperatorException(
                first.OpType, first.Domain, first.Opset, first.Node,
                $"{first.Message[(first.Message.IndexOf("): ", StringComparison.Ordinal) + 3)..]} Neither supported: {string.Join(", ", others.Select(pair => $"{pair.Key} ({pair.Value} {(pair.Value == 1 ? "node" : "nodes")})"))}.");
        }

        return entries;
    }

    private void ReadInitializers()
    {
        foreach (TensorProto tensor in proto.Initializer)
        {
            Tensor value = TensorReader.Read(tensor, $"Initializer '{tensor.Name}'", limits);
            Inference.AddInitializer(tensor.Name, value);
            _graph.Initializers.Add(tensor.Name, value);
        }
    }

    /// <summary>Reads the inputs that a caller feeds. IR 3 repeats every initializer among them: those are left out.</summary>
    private void ReadInputs()
    {
        foreach (ValueInfoProto input in proto.Input)
        {
            ValueInfo declared = ReadValueInfo(input, "Graph input");
            if (_graph.Initializers.TryGetValue(input.Name, out Tensor? value))
            {
                RequireMatch(declared, value);
            }
            else
            {
                Inference.AddInput(declared);
                _graph.Inputs.Add(declared);
            }
        }
    }

    private static void RequireMatch(ValueInfo declared, Tensor value)
    {
        bool matches = declared.ElementType == ElementType.Undefined || declared.ElementType == value.ElementType;
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

    private static ValueInfo ReadValueInfo(ValueInfoProto proto, string role)
    {
        string what = $"{role} '{proto.Name}'";
        switch (proto.Type?.ValueCase ?? TypeProto.ValueOneofCase.None)
        {
            case TypeProto.ValueOneofCase.None:
                return role == "Graph output"
                    ? new ValueInfo(proto.Name, ElementType.Undefined, null)
                    : throw new OnnxModelException($"{what}: expected a type, got none.");
            case TypeProto.ValueOneofCase.TensorType:
                TypeProto.Types.Tensor tensor = proto.Type!.TensorType;
                return new ValueInfo(proto.Name, TensorReader.ReadType(tensor.ElemType, what), tensor.Shape is null ? null : ReadShape(tensor.Shape, what));
            default:
                throw new UnsupportedOperatorException($"{what}: expected a dense tensor, got {proto.Type!.ValueCase}; other types are not supported.");
        }
    }

    private static SymbolicShape ReadShape(TensorShapeProto proto, string what)
    {
        if (proto.Dim.Count > Shape.MaxRank)
        {
            throw new OnnxModelException($"{what}: expected a rank of {Shape.MaxRank} at most, got {proto.Dim.Count}.");
        }

        return new SymbolicShape([.. proto.Dim.Select(dimension => dimension.ValueCase switch
        {
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => dimension.DimValue >= 0
                ? new Dimension(dimension.DimValue)
                : throw new OnnxModelException($"{what}: expected dimensions of 0 or more, got {dimension.DimValue}."),
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => new Dimension(dimension.DimParam),
            _ => Dimension.Unknown,
        })]);
    }
}

using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Writing;

/// <summary>
/// Writes a model. The same model gives the same bytes: fields in the order of their numbers, lists in the graph's order,
/// domains and metadata sorted, nothing that depends on time or machine.
/// </summary>
internal static class ModelWriter
{
    public static byte[] Write(OnnxModel model)
    {
        ModelProto proto = ToProto(model);
        try
        {
            return proto.ToByteArray();
        }
        catch (Exception exception) when (exception is OverflowException or OutOfMemoryException)
        {
            throw TooLarge(exception);
        }
    }

    private static ModelProto ToProto(OnnxModel model)
    {
        long bytes = model.Graph.Initializers.Values.Sum(tensor => ElementTypes.Get(tensor.ElementType).StoredBytes(tensor.Length));
        if (bytes > int.MaxValue)
        {
            throw TooLarge(null);
        }

        var proto = new ModelProto
        {
            IrVersion = model.IrVersion,
            ProducerName = model.ProducerName,
            ProducerVersion = model.ProducerVersion,
            Domain = model.Domain,
            ModelVersion = model.ModelVersion,
            DocString = model.Description,
            Graph = ToProto(model.Graph, model.OpsetImports, model.WritesInnerTypes),
        };
        foreach ((string domain, long version) in model.OpsetImports.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            proto.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        }

        foreach ((string key, string value) in model.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        return proto;
    }

    private static GraphProto ToProto(OnnxGraph graph, IDictionary<string, long> opsets, bool writesInnerTypes)
    {
        if (graph.Outputs.Count == 0)
        {
            throw new OnnxModelException($"Graph '{graph.Name}': expected one output at least, got none.");
        }

        OrderedDictionary<string, ValueInfo> values = ShapeInference.Run(graph, (_, _) => { });
        GraphProto proto = ToProto(graph, opsets, _ => null);
        proto.Input.Add(graph.Inputs.Select(ToProto));
        proto.Output.Add(graph.Outputs.Select(output => ToProto(values[output.Name])));
        HashSet<string> declared = [.. graph.Inputs.Concat(graph.Outputs).Select(value => value.Name), .. graph.Initializers.Keys];
        proto.ValueInfo.Add(values.Values
            .Where(value => writesInnerTypes && !declared.Contains(value.Name) && (value.Container is not null || value is { Shape: not null, ElementType: not ElementType.Undefined }))
            .Select(ToProto));
        return proto;
    }

    /// <summary>Nodes and constants, without what a graph declares of its values.</summary>
    private static GraphProto ToProto(OnnxGraph graph, IDictionary<string, long> opsets, Func<string, Tensor?> outer)
    {
        // The format asks for a name.
        var proto = new GraphProto { Name = graph.Name.Length > 0 ? graph.Name : "graph" };
        var constants = new Dictionary<string, Tensor>(graph.Initializers, StringComparer.Ordinal);
        foreach (OnnxNode node in graph.Nodes)
        {
            if (node.Operator is Operators.Constant constant)
            {
                constants[node.Outputs[0]] = constant.Value;
            }

            proto.Node.Add(new NodeWriter(node, FindOpset(node, opsets), Find, inner => ToSubgraph(inner, opsets, Find)).Write());
        }

        HashSet<string> used = FindUsed(graph, proto);
        foreach ((string name, Tensor tensor) in graph.Initializers)
        {
            // A constant that is written as an attribute everywhere is not written as an initializer too.
            if (used.Contains(name))
            {
                proto.Initializer.Add(TensorWriter.Write(name, tensor));
            }
        }

        return proto;

        Tensor? Find(string name) => constants.GetValueOrDefault(name) ?? outer(name);
    }

    /// <summary>A subgraph: types of its inputs and outputs are written where they are known.</summary>
    private static GraphProto ToSubgraph(OnnxGraph graph, IDictionary<string, long> opsets, Func<string, Tensor?> outer)
    {
        GraphProto proto = ToProto(graph, opsets, outer);
        proto.Input.Add(graph.Inputs.Select(Declare));
        proto.Output.Add(graph.Outputs.Select(Declare));
        return proto;

        static ValueInfoProto Declare(ValueInfo value) =>
            value is { Container: null, ElementType: ElementType.Undefined } ? new ValueInfoProto { Name = value.Name } : ToProto(value);
    }

    private static HashSet<string> FindUsed(OnnxGraph graph, GraphProto proto)
    {
        HashSet<string> readBefore = [.. graph.Nodes.SelectMany(node => node.Inputs)];
        HashSet<string> used = [.. graph.Outputs.Select(output => output.Name)];
        AddReads(proto);
        used.UnionWith(graph.Initializers.Keys.Where(name => !readBefore.Contains(name)));
        return used;

        // Subgraphs read the values around them.
        void AddReads(GraphProto graph)
        {
            foreach (NodeProto node in graph.Node)
            {
                used.UnionWith(node.Input);
                foreach (AttributeProto attribute in node.Attribute)
                {
                    if (attribute.G is { } inner)
                    {
                        used.UnionWith(inner.Output.Select(output => output.Name));
                        AddReads(inner);
                    }
                }
            }
        }
    }

    /// <summary>The opset in which a node is written: the model imports its domain in a version that has the operator.</summary>
    private static int FindOpset(OnnxNode node, IDictionary<string, long> opsets)
    {
        Operator @operator = node.Operator;
        string domain = @operator.Domain.Length == 0 ? "ai.onnx" : @operator.Domain;
        if (!opsets.TryGetValue(@operator.Domain, out long opset))
        {
            throw new OnnxModelException($"{node}: the model does not import an opset of '{domain}'; add it to OpsetImports.");
        }

        OperatorEntry entry = OperatorTable.Find(@operator.Domain, @operator.OpType)
            ?? throw new OnnxModelException($"{node}: the operator is not in OperatorTable, so it could not be read back.");
        int oldest = @operator.Domain.Length == 0 ? Math.Max(entry.SinceVersion, OperatorTable.MinWrittenOpset) : entry.SinceVersion;
        return opset >= oldest && opset <= entry.MaxVersion
            ? (int)opset
            : throw new OnnxModelException($"{node}: expected an opset of '{domain}' from {oldest} to {entry.MaxVersion}, got {opset}; set OpsetImports.");
    }

    private static ValueInfoProto ToProto(ValueInfo value) => value is { Container: null, ElementType: ElementType.Undefined }
        ? throw new OnnxModelException($"Value '{value.Name}': its element type is not known; declare it.")
        : new ValueInfoProto { Name = value.Name, Type = TypeWriter.Write(value.Type) };

    private static OnnxModelException TooLarge(Exception? cause) =>
        new("Model: its tensors exceed 2 GiB, the most that one ONNX file holds; split the model.", cause!);
}

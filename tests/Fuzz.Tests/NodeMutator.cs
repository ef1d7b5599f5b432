using Google.Protobuf;
using Toolkit.Onnx.Protobuf;
using AttributeType = Toolkit.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Toolkit.Fuzz.Tests;

/// <summary>Changes one node: its operator, its attributes, what it reads and makes.</summary>
internal sealed class NodeMutator(Random random, IReadOnlyList<FuzzSeed> seeds)
{
    private readonly TensorMutator _tensors = new(random);

    /// <summary>The name of some value of a graph.</summary>
    public static string AnyValue(Random random, GraphProto graph)
    {
        int count = graph.Input.Count + graph.Initializer.Count + graph.Node.Count;
        int index = count == 0 ? 0 : random.Next(count);
        if (index < graph.Input.Count)
        {
            return graph.Input[index].Name;
        }

        index -= graph.Input.Count;
        if (index < graph.Initializer.Count)
        {
            return graph.Initializer[index].Name;
        }

        index -= graph.Initializer.Count;
        return index < graph.Node.Count && graph.Node[index].Output.Count > 0 ? graph.Node[index].Output[random.Next(graph.Node[index].Output.Count)] : "nothing";
    }

    /// <summary>Changes the node in place.</summary>
    public void Mutate(GraphProto graph, NodeProto node)
    {
        switch (random.Next(16))
        {
            case < 7 when node.Attribute.Count > 0:
                MutateAttribute(node.Attribute[random.Next(node.Attribute.Count)]);
                break;
            case 7 or 8:
                TakeAttribute(node);
                break;
            case 9:
                node.OpType = AnyNode() is { } other ? other.OpType : node.OpType;
                break;
            case 10 when node.Attribute.Count > 0:
                node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
                break;
            case 11 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = random.Next(4) == 0 ? "" : AnyValue(random, graph);
                break;
            case 12 when node.Input.Count > 0:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 13:
                node.Input.Add(random.Next(5) == 0 ? "" : AnyValue(random, graph));
                break;
            case 14:
                AddOutput(graph, node);
                break;
            default:
                if (node.Output.Count > 0)
                {
                    node.Output[random.Next(node.Output.Count)] = random.Next(3) == 0 ? "" : AnyValue(random, graph);
                }

                break;
        }
    }

    private NodeProto? AnyNode()
    {
        GraphProto graph = seeds[random.Next(seeds.Count)].Model.Graph;
        return graph.Node.Count == 0 ? null : graph.Node[random.Next(graph.Node.Count)];
    }

    private void AddOutput(GraphProto graph, NodeProto node)
    {
        string name = $"{node.Name}_more{node.Output.Count}";
        node.Output.Add(name);
        graph.Output.Add(new ValueInfoProto { Name = name });
    }

    // An attribute of another model's node of the same operator, if there is one near, says something that the operator knows.
    private void TakeAttribute(NodeProto node)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            NodeProto? other = AnyNode();
            if (other?.Attribute.Count > 0 && (other.OpType == node.OpType || attempt == 19))
            {
                AttributeProto attribute = other.Attribute[random.Next(other.Attribute.Count)].Clone();
                if (node.Attribute.FirstOrDefault(own => own.Name == attribute.Name) is { } old && random.Next(10) > 0)
                {
                    node.Attribute.Remove(old);
                }

                node.Attribute.Add(attribute);
                return;
            }
        }
    }

    private void MutateAttribute(AttributeProto attribute)
    {
        if (random.Next(12) == 0)
        {
            attribute.Type = (AttributeType)random.Next(16);
            return;
        }

        switch (attribute.Type)
        {
            case AttributeType.Int:
                attribute.I = random.Next(3) == 0 ? 1 - attribute.I : Hostile.Integer(random);
                break;
            case AttributeType.Ints:
                MutateList(attribute.Ints, () => Hostile.Integer(random));
                break;
            case AttributeType.Float:
                attribute.F = (float)Hostile.Real(random);
                break;
            case AttributeType.Floats:
                MutateList(attribute.Floats, () => (float)Hostile.Real(random));
                break;
            case AttributeType.String:
                attribute.S = MutateText(attribute.S);
                break;
            case AttributeType.Strings:
                MutateList(attribute.Strings, () => ByteString.CopyFromUtf8(Hostile.Text(random)));
                break;
            case AttributeType.Tensor when attribute.T is not null:
                _tensors.Mutate(attribute.T);
                break;
            case AttributeType.Graph when attribute.G?.Node.Count > 0:
                Mutate(attribute.G, attribute.G.Node[random.Next(attribute.G.Node.Count)]);
                break;
            default:
                attribute.Name = "axis";
                break;
        }
    }

    private ByteString MutateText(ByteString text)
    {
        if (text.Length == 0 || random.Next(3) > 0)
        {
            return ByteString.CopyFromUtf8(Hostile.Text(random));
        }

        byte[] bytes = text.ToByteArray();
        bytes[random.Next(bytes.Length)] = bytes[random.Next(bytes.Length)];
        return ByteString.CopyFrom(bytes);
    }

    private void MutateList<T>(IList<T> list, Func<T> make)
    {
        switch (random.Next(6))
        {
            case 0:
                list.Add(make());
                break;
            case 1 when list.Count > 0:
                list.RemoveAt(random.Next(list.Count));
                break;
            case 2 when random.Next(10) == 0:
                list.Clear();
                break;
            default:
                if (list.Count > 0)
                {
                    list[random.Next(list.Count)] = make();
                }

                break;
        }
    }
}

using Toolkit.Numerics;

namespace Toolkit.Onnx.Inference;

/// <summary>
/// Validates and infers a graph value by value: every name is made once, and before it is read. The reader, the writer and
/// <see cref="ShapeInference"/> walk a graph through this one class, so that they agree on what is valid.
/// </summary>
internal sealed class GraphInference
{
    private readonly OrderedDictionary<string, InferredValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);

    public IEnumerable<ValueInfo> Values => _values.Select(pair => new ValueInfo(pair.Key, pair.Value.Type, pair.Value.Shape));

    public bool Knows(string name) => _values.ContainsKey(name);

    public InferredValue? Find(string name) => _values.GetValueOrDefault(name);

    public void AddInput(ValueInfo input) => Define(input.Name, new InferredValue(input.ElementType, input.Shape), "graph input");

    public void AddInitializer(string name, Tensor value) => Define(name, new InferredValue(value), "initializer");

    /// <summary>Checks a node's names, infers its outputs and returns the context of that inference.</summary>
    /// <param name="node">The node.</param>
    /// <param name="laterMaker">Finds the node that makes a value that nothing has made yet, or null: for the message.</param>
    public NodeInference AddNode(OnnxNode node, Func<string, string?> laterMaker)
    {
        if (node.Name.Length == 0 || !_nodes.Add(node.Name))
        {
            throw new OnnxModelException($"{node}: expected a node name that is not empty and unique in the graph.");
        }

        int count = CountUsed(node.Inputs);
        var inputs = new InferredValue?[count];
        for (int i = 0; i < count; i++)
        {
            string name = node.Inputs[i];
            if (name.Length > 0)
            {
                inputs[i] = Find(name) ?? throw Missing(node, name, laterMaker(name));
            }
        }

        if (CountUsed(node.Outputs) == 0)
        {
            throw new OnnxModelException($"{node}: expected one output at least, got none.");
        }

        WorkLimits.Poll();
        var inference = new NodeInference(node, inputs);
        node.Operator.Infer(inference);
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                Define(node.Outputs[i], inference.Outputs[i] ?? new InferredValue(ElementType.Undefined, null), $"output of {node}");
            }
        }

        return inference;
    }

    /// <summary>Checks a graph output against what is inferred, and returns what both say of it together.</summary>
    public ValueInfo CheckOutput(ValueInfo declared)
    {
        InferredValue value = Find(declared.Name)
            ?? throw new OnnxModelException($"Graph output '{declared.Name}': no input, initializer or node makes it; check the name.");
        if (declared.ElementType != ElementType.Undefined && value.Type != ElementType.Undefined && declared.ElementType != value.Type)
        {
            throw new OnnxModelException($"Graph output '{declared.Name}': declared as {declared.ElementType}, but the nodes make {value.Type}.");
        }

        ElementType type = value.Type == ElementType.Undefined ? declared.ElementType : value.Type;
        if (declared.Shape is not { } shape || value.Shape is not { } inferred)
        {
            return new ValueInfo(declared.Name, type, declared.Shape ?? value.Shape);
        }

        var dimensions = new Dimension[shape.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            if (shape.Rank != inferred.Rank || (shape[axis].Size is { } a && inferred[axis].Size is { } b && a != b))
            {
                throw new OnnxModelException($"Graph output '{declared.Name}': declared as {shape}, but the nodes make {inferred}.");
            }

            dimensions[axis] = inferred[axis].IsKnown || shape[axis] == Dimension.Unknown ? inferred[axis] : shape[axis];
        }

        return shape.Rank == inferred.Rank
            ? new ValueInfo(declared.Name, type, new SymbolicShape(dimensions))
            : throw new OnnxModelException($"Graph output '{declared.Name}': declared as {shape}, but the nodes make {inferred}.");
    }

    /// <summary>The number of names up to the last that is not empty.</summary>
    public static int CountUsed(IReadOnlyList<string> names)
    {
        int count = names.Count;
        while (count > 0 && names[count - 1].Length == 0)
        {
            count--;
        }

        return count;
    }

    private static OnnxModelException Missing(OnnxNode node, string name, string? maker) => new(maker is null
        ? $"{node}: reads '{name}', which no input, initializer or node makes; check the name."
        : $"{node}: reads '{name}', which only a later node makes ({maker}): the graph has a cycle or is not in topological order.");

    private void Define(string name, InferredValue value, string what)
    {
        if (name.Length == 0)
        {
            throw new OnnxModelException($"Graph: expected a name for every {what}, got an empty one.");
        }

        if (!_values.TryAdd(name, value))
        {
            throw new OnnxModelException($"Graph: the name '{name}' ({what}) is taken already; every value needs its own.");
        }
    }
}

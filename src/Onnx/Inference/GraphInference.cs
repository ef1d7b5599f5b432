using Toolkit.Numerics;

namespace Toolkit.Onnx.Inference;

/// <summary>
/// Validates and infers a graph value by value: every name is made once, and before it is read. The reader, the writer and
/// <see cref="ShapeInference"/> walk a graph through this one class, so that they agree on what is valid.
/// </summary>
internal sealed class GraphInference(GraphInference? outer = null, bool isBranch = false)
{
    private readonly OrderedDictionary<string, InferredValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);

    // What contradicts the shapes around it may be in a branch for that very reason: it does not run for them.
    private readonly bool _mayContradict = isBranch || outer is { _mayContradict: true };

    /// <summary>How many graphs there are around this one.</summary>
    public int Depth { get; } = outer is null ? 0 : outer.Depth + 1;

    /// <summary>The values of this graph, without those around it.</summary>
    public IEnumerable<ValueInfo> Values => _values.Select(pair => new ValueInfo(pair.Key, pair.Value.OnnxType));

    /// <summary>A value of this graph or of one around it.</summary>
    public InferredValue? Find(string name) => _values.TryGetValue(name, out InferredValue? value) ? value : outer?.Find(name);

    /// <summary>Adds an input. That of a subgraph may have the name of a value around it, which is hidden then.</summary>
    public void AddInput(string name, InferredValue value) => Define(name, value, "graph input", mayHide: true);

    public void AddInput(ValueInfo input) => AddInput(input.Name, new InferredValue(input.Type));

    public void AddInitializer(string name, Tensor value) => Define(name, new InferredValue(value), "initializer");

    /// <summary>Adds the constants and nodes of a graph.</summary>
    public void AddNodes(OnnxGraph graph, Action<OnnxNode, InferenceContext> visit)
    {
        foreach ((string name, Tensor value) in graph.Initializers)
        {
            AddInitializer(name, value);
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            visit(node, AddNode(node, name => graph.Nodes.FirstOrDefault(other => other.Outputs.Contains(name))?.ToString()));
        }
    }

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
        NodeInference inference = Infer(node, inputs);
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                Define(node.Outputs[i], inference.Outputs[i] ?? new InferredValue(ElementType.Undefined, null), $"output of {node}");
            }
        }

        return inference;
    }

    private NodeInference Infer(OnnxNode node, InferredValue?[] inputs)
    {
        try
        {
            return NodeInference.Infer(node, inputs, node.Operator is ControlFlowOperator flow ? new SubgraphInference(flow, this) : null);
        }
        catch (OnnxModelException) when (_mayContradict)
        {
            return new NodeInference(node, inputs, null);
        }
    }

    /// <summary>Checks a graph output against what is inferred, and returns what both say of it together.</summary>
    public ValueInfo CheckOutput(ValueInfo declared)
    {
        InferredValue value = Find(declared.Name)
            ?? throw new OnnxModelException($"Graph output '{declared.Name}': no input, initializer or node makes it; check the name.");
        if (value.Container is not null || declared.Container is not null)
        {
            // A declaration that says nothing is one without a type.
            bool isDeclared = declared.Container is not null || declared.ElementType != ElementType.Undefined;
            return !isDeclared ? new ValueInfo(declared.Name, value.OnnxType)
                : value.OnnxType.Fits(declared.Type) || (value.Container is OptionalType optional && optional.Element.Fits(declared.Type)) || value is { Container: null, Type: ElementType.Undefined } ? declared
                : throw new OnnxModelException($"Graph output '{declared.Name}': declared as {declared.Type}, but the nodes make {value.OnnxType}.");
        }

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

    private void Define(string name, InferredValue value, string what, bool mayHide = false)
    {
        if (name.Length == 0)
        {
            throw new OnnxModelException($"Graph: expected a name for every {what}, got an empty one.");
        }

        if ((!mayHide && outer?.Find(name) is not null) || !_values.TryAdd(name, value))
        {
            throw new OnnxModelException($"Graph: the name '{name}' ({what}) is taken already; every value needs its own.");
        }
    }
}

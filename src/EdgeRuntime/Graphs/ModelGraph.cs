using System.Diagnostics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>
/// A model while it is compiled: nodes in topological order, linked to their values. The passes rewrite it through the few
/// methods here, which keep the links; <see cref="Check"/> proves them in debug builds.
/// </summary>
internal sealed class ModelGraph
{
    private ModelGraph(OnnxModel model) => Model = model;

    /// <summary>The model that it was made of.</summary>
    public OnnxModel Model { get; }

    /// <summary>What the caller feeds, in order.</summary>
    public List<GraphValue> Inputs { get; } = [];

    /// <summary>What the caller gets, in order.</summary>
    public List<GraphValue> Outputs { get; } = [];

    /// <summary>The nodes, each after those whose values it reads.</summary>
    public List<GraphNode> Nodes { get; private set; } = [];

    /// <summary>Links a model's nodes and infers types and shapes, symbols included.</summary>
    /// <exception cref="OnnxModelException">The graph is not valid.</exception>
    public static ModelGraph Build(OnnxModel model)
    {
        var graph = new ModelGraph(model);
        var values = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
        foreach (ValueInfo input in model.Graph.Inputs)
        {
            var value = new GraphValue(input.Name, new InferredValue(input.ElementType, input.Shape)) { IsInput = true };
            Define(values, value);
            graph.Inputs.Add(value);
        }

        foreach ((string name, Numerics.Tensor tensor) in model.Graph.Initializers)
        {
            Define(values, new GraphValue(name, new InferredValue(tensor.Contiguous())));
        }

        foreach (OnnxNode node in model.Graph.Nodes)
        {
            graph.Link(node, values);
        }

        foreach (ValueInfo output in model.Graph.Outputs)
        {
            GraphValue value = Find(values, output.Name) ?? throw new OnnxModelException($"Graph output '{output.Name}': no input, initializer or node makes it; check the name.");
            value.IsOutput = true;
            graph.Outputs.Add(value);
        }

        return graph;
    }

    /// <summary>Makes every reader of a value read another one, which then also is the graph output that the first was.</summary>
    public void Replace(GraphValue old, GraphValue replacement)
    {
        foreach (GraphNode consumer in old.Consumers)
        {
            for (int i = 0; i < consumer.Inputs.Length; i++)
            {
                if (consumer.Inputs[i] == old)
                {
                    consumer.SetInput(i, replacement);
                    replacement.Consumers.Add(consumer);
                }
            }
        }

        old.Consumers.Clear();
        if (old.IsOutput)
        {
            old.IsOutput = false;
            replacement.IsOutput = true;
            for (int i = 0; i < Outputs.Count; i++)
            {
                Outputs[i] = Outputs[i] == old ? replacement : Outputs[i];
            }
        }
    }

    /// <summary>Takes a node out of the links. It leaves <see cref="Nodes"/> with the next <see cref="Compact"/>.</summary>
    public static void Unlink(GraphNode node)
    {
        foreach (GraphValue? input in node.Inputs)
        {
            input?.Consumers.Remove(node);
        }

        foreach (GraphValue? output in node.Outputs)
        {
            if (output?.Producer == node)
            {
                output.Producer = null;
            }
        }
    }

    /// <summary>Puts a node, whose outputs are those of the node at <paramref name="position"/>, in its place.</summary>
    public void ReplaceNode(int position, GraphNode node)
    {
        Unlink(Nodes[position]);
        Nodes[position] = node;
        Attach(node);
    }

    /// <summary>Puts one node or several, which make its outputs among them, in the place of each.</summary>
    public void ReplaceNodes(Func<GraphNode, IReadOnlyList<GraphNode>> replacement)
    {
        var nodes = new List<GraphNode>(Nodes.Count);
        foreach (GraphNode node in Nodes)
        {
            IReadOnlyList<GraphNode> parts = replacement(node);
            if (parts is not [var only] || only != node)
            {
                Unlink(node);
                foreach (GraphNode part in parts)
                {
                    Attach(part);
                }
            }

            nodes.AddRange(parts);
        }

        Nodes = nodes;
    }

    /// <summary>Keeps the nodes that a graph output depends on.</summary>
    public void Compact()
    {
        var live = new HashSet<GraphNode>();
        var pending = new Stack<GraphNode>();
        foreach (GraphValue output in Outputs)
        {
            Visit(output);
        }

        while (pending.TryPop(out GraphNode? node))
        {
            foreach (GraphValue? input in node.Inputs)
            {
                Visit(input);
            }
        }

        foreach (GraphNode node in Nodes)
        {
            if (!live.Contains(node))
            {
                Unlink(node);
            }
        }

        Nodes = Nodes.FindAll(live.Contains);

        void Visit(GraphValue? value)
        {
            if (value?.Producer is { } producer && live.Add(producer))
            {
                pending.Push(producer);
            }
        }
    }

    /// <summary>Proves that the links agree with the nodes and that the order is topological.</summary>
    [Conditional("DEBUG")]
    public void Check(string pass)
    {
        var made = new HashSet<GraphValue>(Inputs);
        foreach (GraphNode node in Nodes)
        {
            foreach (GraphValue? input in node.Inputs)
            {
                Debug.Assert(input is null || input.Constant is not null || made.Contains(input), $"after {pass}: {node} reads {input} before it is made");
                Debug.Assert(input is null || input.Consumers.Contains(node), $"after {pass}: {input} does not list {node} as a consumer");
            }

            foreach (GraphValue? output in node.Outputs)
            {
                Debug.Assert(output is null || output.Producer == node, $"after {pass}: {output} does not name {node} as its producer");
                Debug.Assert(output is null || made.Add(output), $"after {pass}: {output} is made twice");
            }
        }

        foreach (GraphValue output in Outputs)
        {
            Debug.Assert(output.Constant is not null || made.Contains(output), $"after {pass}: nothing makes the graph output {output}");
        }
    }

    private static void Attach(GraphNode node)
    {
        foreach (GraphValue? input in node.Inputs)
        {
            input?.Consumers.Add(node);
        }

        foreach (GraphValue? output in node.Outputs)
        {
            output?.Producer = node;
        }
    }

    private static GraphValue? Find(Dictionary<string, GraphValue> values, string name) => values.GetValueOrDefault(name);

    private static void Define(Dictionary<string, GraphValue> values, GraphValue value)
    {
        if (!values.TryAdd(value.Name, value))
        {
            throw new OnnxModelException($"Graph: the name '{value.Name}' is taken already; every value needs its own.");
        }
    }

    private void Link(OnnxNode node, Dictionary<string, GraphValue> values)
    {
        var inputs = new GraphValue?[CountUsed(node.Inputs)];
        for (int i = 0; i < inputs.Length; i++)
        {
            string name = node.Inputs[i];
            inputs[i] = name.Length == 0 ? null
                : Find(values, name) ?? throw new OnnxModelException($"{node}: reads '{name}', which no input, initializer or earlier node makes; check the name.");
        }

        IReadOnlyList<InferredValue?> inferred = ShapeInference.InferNode(node, Array.ConvertAll(inputs, input => input?.Info));
        var outputs = new GraphValue?[node.Outputs.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            // Kernels may leave out every output but the first, which only a few operators do without.
            bool isUnwanted = node.Outputs[i].Length == 0;
            if (!isUnwanted || (i == 0 && node.Operator is not (Onnx.Operators.RecurrentOperator or Onnx.Operators.TopK or Onnx.Operators.Unique)))
            {
                outputs[i] = new GraphValue(isUnwanted ? $"{node.Name}/unwanted" : node.Outputs[i], inferred[i] ?? new InferredValue(Numerics.ElementType.Undefined, null));
                Define(values, outputs[i]!);
            }
        }

        var linked = new GraphNode(node.Name, node.Operator, inputs, outputs);
        Nodes.Add(linked);
        Attach(linked);
    }

    private static int CountUsed(IReadOnlyList<string> names)
    {
        int count = names.Count;
        while (count > 0 && names[count - 1].Length == 0)
        {
            count--;
        }

        return count;
    }
}

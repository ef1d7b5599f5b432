using System.Diagnostics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>
/// A model while it is compiled: nodes in topological order, linked to their values. The passes rewrite it through the few
/// methods here, which keep the links; <see cref="Check"/> proves them in debug builds.
/// </summary>
internal sealed class ModelGraph
{
    /// <summary>Makes a graph without nodes.</summary>
    public ModelGraph(OnnxModel model, OnnxLimits limits) => (Model, Limits) = (model, limits);

    /// <summary>The model that it was made of.</summary>
    public OnnxModel Model { get; }

    /// <summary>What the model may ask for at most.</summary>
    public OnnxLimits Limits { get; }

    /// <summary>What the caller feeds, in order.</summary>
    public List<GraphValue> Inputs { get; } = [];

    /// <summary>What the caller gets, in order.</summary>
    public List<GraphValue> Outputs { get; } = [];

    /// <summary>The nodes, each after those whose values it reads.</summary>
    public List<GraphNode> Nodes { get; private set; } = [];

    /// <summary>Links a model's nodes and infers types and shapes, symbols included.</summary>
    /// <exception cref="OnnxModelException">The graph is not valid.</exception>
    public static ModelGraph Build(OnnxModel model, OnnxLimits limits) => GraphBuilder.Build(model, limits);

    /// <summary>Adds a node behind the others.</summary>
    public void Add(GraphNode node)
    {
        Nodes.Add(node);
        Attach(node);
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
}

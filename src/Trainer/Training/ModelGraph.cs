using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Training;

/// <summary>The nodes of a model, each behind those that it reads. A layer of several nodes is shared.</summary>
internal sealed class ModelGraph
{
    private readonly Node[] _nodes;

    /// <summary>Collects the nodes that the outputs depend on.</summary>
    /// <exception cref="ArgumentException">There is no input or output, or an output depends on an input that is not listed.</exception>
    public ModelGraph(IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs)
    {
        if (inputs.Count == 0 || outputs.Count == 0)
        {
            throw new ArgumentException($"Model: expected one input and one output or more, got {inputs.Count} and {outputs.Count}.");
        }

        Inputs = [.. inputs];
        Outputs = [.. outputs];
        if (Inputs.FirstOrDefault(node => node.Layer is not Input) is { } inner)
        {
            throw new ArgumentException($"Model: expected nodes of Input layers as inputs, got the {inner}.", nameof(inputs));
        }

        if (Inputs.Distinct().Count() != Inputs.Count)
        {
            throw new ArgumentException("Model: an input is listed twice.", nameof(inputs));
        }

        Node[] reached = [.. Reach(Outputs).OrderBy(node => node.Number)];
        _nodes = [.. reached.Where(node => node.Layer is not Input)];
        if (reached.FirstOrDefault(node => node.Layer is Input && !Inputs.Contains(node)) is { } missing)
        {
            throw new ArgumentException($"Model: an output depends on {missing.Layer} of shape {Layer.Batched(missing.Layer.InputShape!.Value)}, which is not among the inputs; list it.", nameof(inputs));
        }

        Layers = [.. _nodes.Select(node => node.Layer).Distinct()];
    }

    public IReadOnlyList<Node> Inputs { get; }

    public IReadOnlyList<Node> Outputs { get; }

    /// <summary>The layers in the order in which they first run, without the inputs.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The nodes in the order in which they run, without the inputs.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Whether every node but the last has the next as its only reader: a chain, as a <see cref="Sequential"/> is.</summary>
    public bool IsChain => Inputs.Count == 1 && Outputs.Count == 1 && _nodes.Select((node, i) => node.Inputs.Count == 1 && node.Inputs[0] == (i == 0 ? Inputs[0] : _nodes[i - 1])).All(follows => follows);

    /// <summary>Builds every layer for the shapes that it gets.</summary>
    public void Build()
    {
        foreach (Node node in _nodes)
        {
            node.Layer.EnsureBuilt([.. node.Inputs.Select(ShapeOf)]);
        }
    }

    /// <summary>The shape of one sample of a node.</summary>
    public static Shape ShapeOf(Node node) => node.Layer is Input ? node.Layer.InputShape!.Value : node.Layer.OutputShape;

    /// <summary>Computes every node on a tape.</summary>
    /// <returns>The values of all nodes, inputs included.</returns>
    public Dictionary<Node, Variable> Call(Tape tape, IReadOnlyList<Variable> inputs)
    {
        if (inputs.Count != Inputs.Count)
        {
            throw new ArgumentException($"Model: expected {Inputs.Count} inputs, got {inputs.Count}.", nameof(inputs));
        }

        var values = new Dictionary<Node, Variable>();
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(Inputs[i], inputs[i]);
        }

        foreach (Node node in _nodes)
        {
            values.Add(node, node.Layer.Apply(tape, [.. node.Inputs.Select(input => values[input])]));
        }

        return values;
    }

    // Without recursion: a network may be thousands of layers deep.
    private static HashSet<Node> Reach(IReadOnlyList<Node> outputs)
    {
        var reached = new HashSet<Node>();
        var open = new Stack<Node>(outputs);
        while (open.TryPop(out Node? node))
        {
            if (reached.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return reached;
    }
}

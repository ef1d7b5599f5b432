using Toolkit.Numerics;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// The output of a layer in a functional model, before there is any data: Keras's symbolic tensor. Nodes are wired by
/// <see cref="Layer.Apply(IReadOnlyList{Node})"/> and become a <see cref="Model"/>, which finds their shapes:
/// <code>
/// Node x = new Input(64);
/// Node h = new Dense(64, "relu").Apply(x);
/// Node y = new Dense(10, "softmax").Apply(new Add().Apply(x, h));
/// var model = new Model(x, y);
/// </code>
/// </summary>
public sealed class Node
{
    private static long _count;

    internal Node(Layer layer, IReadOnlyList<Node> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (layer is not Input && !layer.Takes(inputs.Count))
        {
            throw new ArgumentException($"Layer '{layer.Name}': expected {(layer is MergeLayer ? "two inputs or more" : "one input")}, got {inputs.Count}.", nameof(inputs));
        }

        Layer = layer;
        Inputs = [.. inputs];
        Number = Interlocked.Increment(ref _count);
    }

    /// <summary>The layer whose output this is.</summary>
    public Layer Layer { get; }

    /// <summary>What the layer reads; empty for an input of the model.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>Orders nodes as they were made, which puts every node behind those that it reads.</summary>
    internal long Number { get; }

    /// <summary>left + right, by element: an <see cref="Layers.Add"/> layer.</summary>
    public static Node operator +(Node left, Node right) => new Add().Apply(left, right);

    /// <summary>left · right, by element: a <see cref="Layers.Multiply"/> layer.</summary>
    public static Node operator *(Node left, Node right) => new Multiply().Apply(left, right);

    /// <inheritdoc/>
    public override string ToString() => $"output of {Layer}";
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>Says the shape of a model's input; computes nothing. <c>new Input(28, 28)</c> takes samples [n, 28, 28].</summary>
public sealed class Input : Layer
{
    private Node? _node;

    /// <summary>Makes the input of a shape, without the batch.</summary>
    public Input(params ReadOnlySpan<int> shape)
        : base(null, new Shape(shape))
    {
    }

    /// <summary>Makes the input of a shape, without the batch, with a name.</summary>
    public Input(Shape shape, string? name = null)
        : base(name, shape)
    {
    }

    /// <summary>The model's input as a node, always the same one: <c>Node x = new Input(28, 28);</c></summary>
    public static implicit operator Node(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input._node ??= new Node(input, []);
    }

    /// <summary>The node of this input.</summary>
    public Node ToNode() => this;

    /// <inheritdoc/>
    protected override string DefaultName => "input";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x) => x;
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>A sample's axes in another order: axis i of the output is axis dims[i] of the input, counted from 1 as in Keras, the batch being 0.</summary>
public sealed class Permute : Layer
{
    private readonly TransposeFunction _function;

    /// <summary>Makes the layer.</summary>
    /// <param name="dims">The sample's axes from 1 on, each once.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentException">An axis is missing, or there twice.</exception>
    public Permute(IReadOnlyList<int> dims, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(dims);
        _function = dims.Order().SequenceEqual(Enumerable.Range(1, dims.Count))
            ? new TransposeFunction([0, .. dims])
            : throw new ArgumentException($"Permute: expected an order of a sample's axes from 1 on, such as [2, 1], got [{string.Join(", ", dims)}].", nameof(dims));
    }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(_function, x);
    }
}

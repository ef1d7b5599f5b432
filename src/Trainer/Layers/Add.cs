using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>left + right + …, by element. Inputs of other shapes are broadcast by NumPy's rules.</summary>
/// <param name="name">The layer's name.</param>
public sealed class Add(string? name = null) : MergeLayer(name)
{
    /// <inheritdoc/>
    public override Variable Call(Tape tape, IReadOnlyList<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Skip(1).Aggregate(inputs[0], (sum, input) => sum + input);
    }
}

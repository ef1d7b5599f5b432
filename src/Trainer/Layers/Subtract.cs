using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>left - right, by element; two inputs. Inputs of other shapes are broadcast by NumPy's rules.</summary>
/// <param name="name">The layer's name.</param>
public sealed class Subtract(string? name = null) : MergeLayer(name)
{
    /// <inheritdoc/>
    public override Variable Call(Tape tape, IReadOnlyList<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 2
            ? inputs[0] - inputs[1]
            : throw new ArgumentException($"Layer '{Name}': expected two inputs, got {inputs.Count}.", nameof(inputs));
    }
}

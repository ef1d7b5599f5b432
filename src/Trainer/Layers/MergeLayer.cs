using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A layer that reads several inputs, in a functional <see cref="Model"/>: <c>new Add().Apply(a, b)</c>. To write one, make the parameters in
/// <see cref="Build(IReadOnlyList{Shape})"/> and apply functions in <see cref="Call(Tape, IReadOnlyList{Variable})"/>.
/// </summary>
/// <param name="name">The layer's name.</param>
public abstract class MergeLayer(string? name = null) : Layer(name)
{
    private Shape[]? _inputShapes;

    /// <summary>Computes the output by applying functions on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="inputs">The inputs, each [N, …].</param>
    /// <returns>The output, [N, …].</returns>
    public abstract Variable Call(Tape tape, IReadOnlyList<Variable> inputs);

    /// <inheritdoc/>
    public sealed override Variable Call(Tape tape, Variable x) => Call(tape, [x]);

    /// <summary>Makes the layer's parameters for its inputs' shapes.</summary>
    /// <param name="inputShapes">The shape of one sample of each input, without the batch.</param>
    /// <exception cref="ArgumentException">The layer cannot take these shapes; says expected and got.</exception>
    protected virtual void Build(IReadOnlyList<Shape> inputShapes)
    {
    }

    internal sealed override bool Takes(int inputs) => inputs >= 2;

    private protected sealed override Variable CallOn(Tape tape, IReadOnlyList<Variable> inputs) => Call(tape, inputs);

    private protected sealed override void BuildOn(IReadOnlyList<Shape> inputShapes)
    {
        _inputShapes ??= [.. inputShapes];
        if (!inputShapes.SequenceEqual(_inputShapes))
        {
            throw new ArgumentException($"Layer '{Name}': expected inputs of shapes {Text(_inputShapes)}, got {Text(inputShapes)}.", nameof(inputShapes));
        }

        Build(inputShapes);
    }

    private protected static string Text(IReadOnlyList<Shape> shapes) => string.Join(" and ", shapes.Select(Batched));
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A learned vector for each class: indices [N, …] to [N, …, outputDim], from a table [inputDim, outputDim]. Indices are whole numbers from 0 on, held as
/// float32 as all inputs are.
/// </summary>
public sealed class Embedding : Layer
{
    private readonly Initializer _embeddingsInitializer;
    private readonly Regularizer? _embeddingsRegularizer;
    private Parameter? _embeddings;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="inputDim">The number of classes.</param>
    /// <param name="outputDim">The length of a class's vector.</param>
    /// <param name="embeddingsInitializer">Uniform in [-0.05, 0.05] by default.</param>
    /// <param name="embeddingsRegularizer">What is added to the loss for the table's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or there are more classes than float32 counts, 2²⁴.</exception>
    public Embedding(int inputDim, int outputDim, Initializer? embeddingsInitializer = null, Regularizer? embeddingsRegularizer = null, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        const int MostClasses = 1 << 24;
        InputDim = inputDim is >= 1 and <= MostClasses
            ? inputDim
            : throw new ArgumentOutOfRangeException(nameof(inputDim), $"Embedding: expected inputDim from 1 to {MostClasses}, got {inputDim}.");
        OutputDim = outputDim >= 1 ? outputDim : throw new ArgumentOutOfRangeException(nameof(outputDim), $"Embedding: expected outputDim of 1 or more, got {outputDim}.");
        _embeddingsRegularizer = embeddingsRegularizer;
        _embeddingsInitializer = embeddingsInitializer ?? new RandomUniform(-0.05, 0.05);
    }

    /// <summary>The number of classes.</summary>
    public int InputDim { get; }

    /// <summary>The length of a class's vector.</summary>
    public int OutputDim { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(new GatherFunction($"Layer '{Name}'"), tape.Parameter(_embeddings!), x);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => _embeddings = AddParameter("embeddings", [InputDim, OutputDim], _embeddingsInitializer, regularizer: _embeddingsRegularizer);
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>In training, sets elements to 0 with probability <c>rate</c> and scales the others by 1 / (1 - rate); in inference, nothing.</summary>
public sealed class Dropout : Layer
{
    private readonly float _rate;
    private readonly int? _seed;

    /// <summary>Makes the layer.</summary>
    /// <param name="rate">The probability of 0, in [0, 1).</param>
    /// <param name="seed">A seed of its own; the model's by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(double rate, int? seed = null, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        _rate = rate is >= 0 and < 1
            ? (float)rate
            : throw new ArgumentOutOfRangeException(nameof(rate), $"Dropout: expected a rate in [0, 1), the share that is dropped; got {rate}.");
        _seed = seed;
        Rate = rate;
    }

    /// <summary>The probability of 0.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.IsTraining && _rate > 0
            ? tape.Apply(new DropoutFunction(_rate, (ulong)(_seed ?? ModelSeed), RandomStreams.Dropout(Index)), x)
            : x;
    }
}

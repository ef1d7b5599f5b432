using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>A loss that is one function of predictions and targets, so that it can weight samples.</summary>
public abstract class FunctionLoss : Loss
{
    private protected FunctionLoss()
    {
    }

    /// <inheritdoc/>
    public sealed override bool SupportsSampleWeights => true;

    /// <summary>The function from predictions.</summary>
    private protected abstract LossFunction Function { get; }

    /// <summary>The function from logits; null where the loss takes none.</summary>
    private protected virtual LossFunction? LogitsFunction => null;

    /// <inheritdoc/>
    public sealed override Variable Call(Tape tape, Variable predictions, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(Function, predictions, Prepare(tape, targets));
    }

    /// <inheritdoc/>
    public sealed override Variable CallWeighted(Tape tape, Variable predictions, Variable targets, Variable weights)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(Function, predictions, Prepare(tape, targets), weights);
    }

    /// <inheritdoc/>
    public sealed override Variable CallOnLogits(Tape tape, Variable logits, Variable targets)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return LogitsFunction is { } function ? tape.Apply(function, logits, Prepare(tape, targets)) : base.CallOnLogits(tape, logits, targets);
    }

    /// <inheritdoc/>
    public sealed override Variable CallOnLogitsWeighted(Tape tape, Variable logits, Variable targets, Variable weights)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return LogitsFunction is { } function
            ? tape.Apply(function, logits, Prepare(tape, targets), weights)
            : base.CallOnLogits(tape, logits, targets);
    }

    /// <summary>What the function gets as targets.</summary>
    private protected virtual Variable Prepare(Tape tape, Variable targets) => targets;

    /// <summary>Throws unless every target is in a range.</summary>
    private protected void CheckTargetRange(Tensor<float> targets, float low, float high, string range)
    {
        int bad = targets.Span.IndexOfAnyExceptInRange(low, high);
        if (bad >= 0)
        {
            throw new ArgumentException(
                $"y: {Name} expected targets {range}, got {targets.Span[bad]} at sample {bad / Math.Max(1, targets.Shape.LengthOf(1..))}.", nameof(targets));
        }
    }

    private protected double RequireSmoothing(double labelSmoothing) => labelSmoothing is >= 0 and <= 1
        ? labelSmoothing
        : throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, $"{GetType().Name}: expected labelSmoothing to be 0 to 1, got {labelSmoothing}.");
}

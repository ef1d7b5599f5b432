using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Losses;

/// <summary>The mean over all elements of e² / 2 where |e| = |y - t| is at most δ, else δ · |e| - δ² / 2: a square that becomes a line, so that outliers count less.</summary>
/// <remarks>Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35, 1964.</remarks>
public sealed class Huber : FunctionLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="delta">δ, above 0; Keras's default is 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not above 0.</exception>
    public Huber(double delta = 1)
    {
        Delta = delta > 0 && double.IsFinite(delta)
            ? delta
            : throw new ArgumentOutOfRangeException(nameof(delta), delta, $"Huber: expected delta to be above 0, got {delta}.");
        Function = new HuberFunction(delta);
    }

    /// <inheritdoc/>
    public override string Name => "huber";

    /// <summary>δ.</summary>
    public double Delta { get; }

    private protected override LossFunction Function { get; }
}

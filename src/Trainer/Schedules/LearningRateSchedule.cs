namespace Toolkit.Trainer.Schedules;

/// <summary>
/// A learning rate as a function of the step. An optimizer made with one, <c>new Sgd(new CosineDecay(0.1, 1000))</c>, asks for the rate of
/// every step. To set the rate by epochs, use <see cref="Callbacks.LearningRateScheduler"/>.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of a step, 0 or more.</summary>
    /// <param name="step">How many steps came before: 0 in the first.</param>
    public abstract double At(long step);

    private protected double Require(bool holds, double value, string expected, string argument) => holds
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be {expected}, got {value}.");

    private protected double RequireRate(double value, string argument) => Require(value >= 0 && double.IsFinite(value), value, "0 or more", argument);

    private protected long RequireSteps(long value, string argument) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be 1 or more, got {value}.");
}

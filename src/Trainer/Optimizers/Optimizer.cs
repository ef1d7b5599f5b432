using Toolkit.Numerics;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Updates the parameters from their gradients: one fused pass over the flat parameter arena a step. Its state is
/// <see cref="SlotCount"/> arenas of the same length, kept by the caller, and the number of steps taken.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The optimizer's name in Keras: <c>rmsprop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The step size, 0 or more. May be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double LearningRate
    {
        get;
        set => field = Require(value >= 0 && double.IsFinite(value), value, "0 or more", nameof(LearningRate));
    }

    /// <summary>How many steps have been applied.</summary>
    public long Iterations { get; set; }

    /// <summary>State arenas that the rule needs: 0, 1 or 2.</summary>
    public abstract int SlotCount { get; }

    /// <summary>The value that every element of a new slot holds.</summary>
    public virtual float InitialSlotValue(int slot) => 0f;

    /// <summary>Applies one step and counts it.</summary>
    /// <param name="parameters">The parameters, updated in place.</param>
    /// <param name="gradients">The gradient of the loss by each.</param>
    /// <param name="slot0">The first state arena; empty where the rule has none.</param>
    /// <param name="slot1">The second state arena; empty where the rule has none.</param>
    /// <param name="workers">The threads to use.</param>
    public void Apply(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> slot0, Span<float> slot1, WorkerPool workers)
    {
        Iterations++;
        Update(parameters, gradients, slot0, slot1, workers);
    }

    /// <summary>The rule; <see cref="Iterations"/> already counts this step (1 in the first).</summary>
    protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> slot0, Span<float> slot1, WorkerPool workers);

    /// <summary>Makes an optimizer with its default settings from its name in Keras.</summary>
    /// <exception cref="ArgumentException">No optimizer has that name; the message lists those that there are.</exception>
    public static Optimizer FromName(string name) => OptimizerNames.Create(name);

    /// <summary>Makes an optimizer with its default settings from its name: <c>optimizer: "rmsprop"</c>.</summary>
    /// <exception cref="ArgumentException">No optimizer has that name; the message lists those that there are.</exception>
    public static implicit operator Optimizer(string name) => FromName(name);

    private protected double Require(bool holds, double value, string expected, string argument) => holds
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be {expected}, got {value}.");
}

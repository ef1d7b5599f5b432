using Toolkit.Numerics;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Updates the parameters from their gradients: one fused pass over the flat parameter arena a step. Its state is
/// <see cref="SlotCount"/> arenas of the same length, kept by the caller, and the number of steps taken.
/// </summary>
public abstract class Optimizer
{
    private protected Optimizer(double learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        LearningRate = learningRate;
    }

    /// <summary>The optimizer's name in Keras: <c>rmsprop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The step size. May be changed between steps.</summary>
    public double LearningRate { get; set; }

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
}

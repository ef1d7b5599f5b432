namespace Toolkit.Trainer.Profiling;

/// <summary>The speed of a model's training and where a step's time goes.</summary>
public sealed record StepProfile
{
    /// <summary>Samples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The threads that computed.</summary>
    public required int Threads { get; init; }

    /// <summary>The steps of <see cref="Model.Fit(TrainingData, FitOptions, CancellationToken)"/> that were timed.</summary>
    public required int Steps { get; init; }

    /// <summary>The median time of a step in Fit, everything included: batch, forward, backward, optimizer, metrics.</summary>
    public required double StepMicroseconds { get; init; }

    /// <summary>The functions of the step in the order in which they run, each timed on its own.</summary>
    public required IReadOnlyList<FunctionProfile> Functions { get; init; }

    /// <summary>The optimizer's pass over the parameters.</summary>
    public required double OptimizerMicroseconds { get; init; }

    /// <summary>The machine's floating-point limit with as many threads, in operations a second; see <see cref="Numerics.Kernels.FloatingPointLimit"/>.</summary>
    public required double FloatingPointLimit { get; init; }

    /// <summary>Samples a second.</summary>
    public double SamplesPerSecond => BatchSize / StepMicroseconds * 1e6;

    /// <summary>The multiply-adds of a step.</summary>
    public long MultiplyAdds => Functions.Sum(function => function.MultiplyAdds);

    /// <summary>The share of the floating-point limit that the whole step reaches: its multiply-adds, two operations each, by its time.</summary>
    public double ShareOfLimit => ShareOf(MultiplyAdds, StepMicroseconds);

    /// <summary>What the functions and the optimizer leave of a step: batch, metrics, loop. Measured apart, so that noise can make it negative.</summary>
    public double RestMicroseconds => StepMicroseconds - OptimizerMicroseconds - Functions.Sum(function => function.Microseconds);

    /// <summary>The share of the limit that so many multiply-adds in so much time are.</summary>
    public double ShareOf(long multiplyAdds, double microseconds) => 2e6 * multiplyAdds / microseconds / FloatingPointLimit;
}

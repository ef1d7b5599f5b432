using System.Diagnostics;
using Toolkit.Trainer.Checkpoints;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Callbacks;

/// <summary>A call of <c>Fit</c> as callbacks see it. Setting <see cref="StopRequested"/> ends training after the current step.</summary>
public sealed class TrainingRun
{
    private long _epochBegin;

    /// <summary>The model that is trained.</summary>
    public required Model Model { get; init; }

    /// <summary>The optimizer that trains it; callbacks may change its learning rate.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>Training steps an epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Samples in the training part.</summary>
    public required int Samples { get; init; }

    /// <summary>Samples a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The metrics of the training part, running over the current epoch.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The current epoch; the first is 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The mean loss over the current epoch's samples so far.</summary>
    public double Loss { get; internal set; }

    /// <summary>The checkpoint's position that training goes on from; null where it started afresh.</summary>
    public CheckpointPosition? ResumedFrom { get; internal set; }

    /// <summary>Set by a callback to end training after the current step.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Wall time of the current epoch, that before an interruption included.</summary>
    internal double EpochSeconds
    {
        get => Stopwatch.GetElapsedTime(_epochBegin).TotalSeconds;
        set => _epochBegin = Stopwatch.GetTimestamp() - (long)(value * Stopwatch.Frequency);
    }
}

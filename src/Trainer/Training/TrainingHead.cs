using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Training;

/// <summary>What <c>Compile</c> set for one output.</summary>
internal sealed record TrainingHead(Loss Loss, double Weight, IReadOnlyList<Metric> Metrics)
{
    public TrainingHead(Loss loss)
        : this(loss, 1, [])
    {
    }
}

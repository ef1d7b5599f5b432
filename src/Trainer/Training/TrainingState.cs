using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Training;

/// <summary>What <c>Compile</c> set, and how far training has come since.</summary>
internal sealed class TrainingState(Optimizer optimizer, Loss loss, IReadOnlyList<Metric> metrics)
{
    private bool _hasSlots;

    public Optimizer Optimizer { get; } = optimizer;

    public Loss Loss { get; } = loss;

    public IReadOnlyList<Metric> Metrics { get; } = metrics;

    /// <summary>Training steps done, over all calls of Fit: selects dropout's masks.</summary>
    public ulong Step { get; set; }

    /// <summary>Epochs begun, over all calls of Fit: selects the shuffles.</summary>
    public int Epoch { get; set; }

    public void EnsureSlots(ParameterArena arena)
    {
        if (!_hasSlots)
        {
            arena.ResetSlots(Optimizer);
            _hasSlots = true;
        }
    }
}

using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Training;

/// <summary>What <c>Compile</c> set, and how far training has come since.</summary>
internal sealed class TrainingState(Optimizer optimizer, IReadOnlyList<TrainingHead> heads)
{
    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>One for each output of the model.</summary>
    public IReadOnlyList<TrainingHead> Heads { get; } = heads;

    /// <summary>Training steps done, over all calls of Fit: selects dropout's masks.</summary>
    public ulong Step { get; set; }

    /// <summary>Epochs begun, over all calls of Fit: selects the shuffles.</summary>
    public int Epoch { get; set; }
}

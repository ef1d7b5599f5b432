namespace Toolkit.Trainer.Checkpoints;

/// <summary>Where a training stands: <paramref name="Epoch"/> epochs are done, and <paramref name="Step"/> steps of the next.</summary>
/// <param name="Epoch">The epoch that goes on or comes next; the first is 0.</param>
/// <param name="Step">The steps of that epoch that are done.</param>
/// <param name="IsInsideEpoch">Whether that epoch has begun.</param>
public readonly record struct CheckpointPosition(int Epoch, int Step, bool IsInsideEpoch);

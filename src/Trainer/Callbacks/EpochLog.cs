namespace Toolkit.Trainer.Callbacks;

/// <summary>The figures of one epoch.</summary>
/// <param name="Epoch">The epoch; the first is 0.</param>
/// <param name="Seconds">Wall time, validation included.</param>
/// <param name="Values">Figures by name in Keras's order and naming: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>,
/// <c>val_accuracy</c>.</param>
public sealed record EpochLog(int Epoch, double Seconds, OrderedDictionary<string, double> Values);

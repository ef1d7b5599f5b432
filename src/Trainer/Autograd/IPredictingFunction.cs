namespace Toolkit.Trainer.Autograd;

/// <summary>A loss computed from logits, whose forward leaves the model's predictions (input 0's activation) at the start of its workspace.</summary>
internal interface IPredictingFunction;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Where an adaptive rule adds the epsilon that keeps its denominator from zero. The two differ most where the gradient is small.
/// </summary>
public enum EpsilonPlacement
{
    /// <summary>g / √(v + ε): RMSprop and Adagrad in Keras 3.</summary>
    InsideSqrt,

    /// <summary>g / (√v + ε): RMSprop and Adagrad in Keras 2 and PyTorch.</summary>
    OutsideSqrt,
}

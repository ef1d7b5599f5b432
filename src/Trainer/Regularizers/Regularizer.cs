using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Regularizers;

/// <summary>What is added to the loss for the size of a parameter.</summary>
public abstract class Regularizer
{
    /// <summary>The penalty of a parameter, a scalar.</summary>
    public abstract Variable Penalty(Tape tape, Variable parameter);
}

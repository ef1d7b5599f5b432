using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Training;

/// <summary>A model with its losses on a tape.</summary>
/// <param name="Loss">What training makes small: the weighted losses of all outputs and the penalties of regularized parameters.</param>
/// <param name="Outputs">The predictions; null where the loss's function leaves them in its workspace.</param>
/// <param name="Parts">The loss of each output, where there are several.</param>
internal sealed record RecordedStep(Variable Loss, IReadOnlyList<Variable?> Outputs, IReadOnlyList<Variable> Parts);

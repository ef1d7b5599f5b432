using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;

namespace Toolkit.Trainer.Training;

/// <summary>Records a model with its loss, from the logits where the loss takes them.</summary>
internal static class TrainingGraph
{
    /// <summary>Gives the loss and the predictions; no predictions where the loss's function leaves them in its workspace.</summary>
    public static (Variable Loss, Variable? Predictions) Record(Tape tape, LayeredModel model, Loss loss, Variable x, Variable y)
    {
        Variable output = model.Call(tape, x);
        if (Logits(tape, output, loss) is not { } logits)
        {
            return (loss.Call(tape, output, y), output);
        }

        Variable value = loss.CallOnLogits(tape, logits, y);
        return (value, tape.Steps.Any(step => step.Function is IPredictingFunction) ? null : output);
    }

    // The activation itself is left without a reader: programs drop it.
    private static Variable? Logits(Tape tape, Variable output, Loss loss)
    {
        TraceStep? step = tape.Steps.LastOrDefault(s => s.Output == output.Index);
        switch (step?.Function)
        {
            case SoftmaxFunction when loss.TakesLogitsOf(Activation.Softmax):
            case SigmoidFunction when loss.TakesLogitsOf(Activation.Sigmoid):
                return tape.Variables[step.Inputs[0]];
            case GemmFunction { Activation: ActivationKind.Sigmoid } when loss.TakesLogitsOf(Activation.Sigmoid):
                return tape.Apply(new GemmFunction(), [.. step.Inputs.Select(input => tape.Variables[input])]);
            default:
                return null;
        }
    }
}

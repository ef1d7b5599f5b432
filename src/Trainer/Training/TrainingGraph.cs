using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;

namespace Toolkit.Trainer.Training;

/// <summary>Records a model with its losses, from the logits where a loss takes them.</summary>
internal static class TrainingGraph
{
    /// <summary>Records the model on the tape of its inputs.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="model">The model.</param>
    /// <param name="heads">The loss of each output.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">The target of each output.</param>
    /// <param name="weights">Sample weights, [N, 1]; null for none.</param>
    public static RecordedStep Record(
        Tape tape, Model model, IReadOnlyList<TrainingHead> heads, IReadOnlyList<Variable> inputs, IReadOnlyList<Variable> targets, Variable? weights = null)
    {
        IReadOnlyList<Variable> outputs = model.Call(tape, inputs);
        var predictions = new Variable?[outputs.Count];
        var parts = new Variable[outputs.Count];
        for (int i = 0; i < outputs.Count; i++)
        {
            (parts[i], predictions[i]) = Record(tape, outputs[i], heads[i].Loss, targets[i], weights, outputs.Count == 1);
        }

        Variable total = Weighted(tape, heads[0], parts[0]);
        for (int i = 1; i < parts.Length; i++)
        {
            total += Weighted(tape, heads[i], parts[i]);
        }

        foreach (Parameter parameter in model.Parameters)
        {
            if (parameter is { Regularizer: { } regularizer, IsTrainable: true })
            {
                total += regularizer.Penalty(tape, tape.Parameter(parameter));
            }
        }

        return new RecordedStep(total, predictions, parts.Length == 1 ? [] : parts);
    }

    private static Variable Weighted(Tape tape, TrainingHead head, Variable loss) => head.Weight == 1 ? loss : tape.Apply(new AffineFunction((float)head.Weight, 0), loss);

    private static (Variable Loss, Variable? Predictions) Record(Tape tape, Variable output, Loss loss, Variable target, Variable? weights, bool mayOmit)
    {
        if (Logits(tape, output, loss) is not { } logits)
        {
            return (weights is null ? loss.Call(tape, output, target) : loss.CallWeighted(tape, output, target, weights), output);
        }

        Variable value = weights is null ? loss.CallOnLogits(tape, logits, target) : loss.CallOnLogitsWeighted(tape, logits, target, weights);
        return (value, mayOmit && tape.Steps.Any(step => step.Function is IPredictingFunction) ? null : output);
    }

    // The activation itself is left without a reader: programs drop it, unless something else in the model reads it.
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

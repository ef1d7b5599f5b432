using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Training;

/// <summary>Measures loss and metrics in inference mode.</summary>
internal sealed class Evaluator(Model model, ProgramCache programs, TrainingState state)
{
    private readonly HeadMetrics _metrics = new(model, state);

    /// <summary>Checks data against the model and its losses.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">What it was compiled with.</param>
    /// <param name="data">The data.</param>
    /// <param name="what">What the data is, for messages: empty, or a word and a space.</param>
    public static void Check(Model model, TrainingState state, TrainingData data, string what = "")
    {
        if (data.Count == 0)
        {
            throw new ArgumentException($"{what}x: expected one sample or more, got {data.Inputs[0].Shape}.", nameof(data));
        }

        if (data.Inputs.Count != model.InputShapes.Count || data.Targets.Count != state.Heads.Count)
        {
            throw new ArgumentException(
                $"{what}x and y: model '{model.Name}' expected {model.InputShapes.Count} inputs ({string.Join(", ", model.InputNames)}) and {state.Heads.Count} targets ({string.Join(", ", model.OutputNames)}), got {data.Inputs.Count} and {data.Targets.Count}.",
                nameof(data));
        }

        for (int i = 0; i < data.Inputs.Count; i++)
        {
            model.CheckInput(data.Inputs[i], i, $"{what}x");
        }

        for (int i = 0; i < state.Heads.Count; i++)
        {
            state.Heads[i].Loss.CheckTargets(data.Targets[i], model.OutputShapes[i], model.Graph.Outputs[i].Layer.Name);
        }

        if (data.SampleWeights is { } weights && weights.Span.IndexOfAnyExceptInRange(0f, float.MaxValue) is >= 0 and int wrong)
        {
            throw new ArgumentException(FormattableString.Invariant($"{what}sampleWeights: expected weights of 0 or more, got {weights.Span[wrong]} at sample {wrong}."), nameof(data));
        }
    }

    public EvaluationResult Run(TrainingData data, int batchSize)
    {
        Check(model, state, data);
        return Run(new BatchSource(data, 0, data.Count, shuffles: false, model.Workers), batchSize);
    }

    public EvaluationResult Run(BatchSource data, int batchSize)
    {
        _metrics.Reset();
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int rows = Math.Min(batchSize, data.Count - start);
            StepProgram program = programs.Evaluate(rows, state.Heads, data.IsWeighted);
            data.Fill(program, start, rows);
            program.Forward(model.Workers);
            _metrics.AddLoss(program, rows);
            _metrics.Update(program, data, rows);
        }

        OrderedDictionary<string, double> figures = _metrics.Figures();
        figures.Remove("loss");
        return new EvaluationResult(_metrics.Loss, figures);
    }
}

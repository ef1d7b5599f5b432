using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Training;

/// <summary>Measures loss and metrics in inference mode.</summary>
internal sealed class Evaluator(LayeredModel model, ProgramCache programs, TrainingState state)
{
    private readonly Metric[] _metrics = [.. state.Metrics.Select(metric => metric.Fresh())];

    /// <summary>Checks data against the model and its loss.</summary>
    public static void Check(LayeredModel model, TrainingState state, Tensor<float> x, Tensor<float> y, string what = "")
    {
        if (y.Shape.Rank == 0 || x.Shape[0] != y.Shape[0])
        {
            throw new ArgumentException($"{what}y: expected as many targets as samples, got x {x.Shape} and y {y.Shape}.", nameof(y));
        }

        if (x.Shape[0] == 0)
        {
            throw new ArgumentException($"{what}x: expected one sample or more, got {x.Shape}.", nameof(x));
        }

        state.Loss.CheckTargets(y, model.OutputShape, model.Layers[^1].Name);
    }

    public EvaluationResult Run(Tensor<float> x, Tensor<float> y, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Check(model, state, x, y);
        return Run(new BatchSource(x, y, 0, x.Shape[0], shuffles: false), batchSize);
    }

    public EvaluationResult Run(BatchSource data, int batchSize)
    {
        foreach (Metric metric in _metrics)
        {
            metric.Reset();
        }

        double loss = 0;
        for (int start = 0; start < data.Count; start += batchSize)
        {
            int rows = Math.Min(batchSize, data.Count - start);
            StepProgram program = programs.Evaluate(rows, state.Loss);
            data.Fill(program, start, rows);
            program.Forward(model.Workers);
            loss += program.Loss * (double)rows;
            foreach (Metric metric in _metrics)
            {
                metric.Update(program.Predictions, program.Input(1), rows, program.Predictions.Length / rows, data.TargetWidth);
            }
        }

        var results = new OrderedDictionary<string, double>();
        foreach (Metric metric in _metrics)
        {
            results[metric.Name] = metric.Result;
        }

        return new EvaluationResult(loss / data.Count, results);
    }
}

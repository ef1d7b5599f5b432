using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Checkpoints;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Training;

/// <summary>The metrics of every output over one pass through data, and the means of its losses.</summary>
internal sealed class HeadMetrics
{
    private readonly Metric[][] _metrics;
    private readonly string[] _names;
    private readonly double[] _partSums;
    private double _lossSum;
    private int _samples;

    public HeadMetrics(Model model, TrainingState state)
    {
        _metrics = [.. state.Heads.Select(head => head.Metrics.Select(metric => metric.Fresh()).ToArray())];
        _names = [.. model.OutputNames];
        _partSums = new double[_metrics.Length == 1 ? 0 : _metrics.Length];
    }

    /// <summary>Every metric, by output and then in the order of <c>Compile</c>.</summary>
    public IReadOnlyList<Metric> All => [.. _metrics.SelectMany(metrics => metrics)];

    /// <summary>The mean loss so far.</summary>
    public double Loss => _samples == 0 ? double.NaN : _lossSum / _samples;

    public void Reset()
    {
        foreach (Metric[] metrics in _metrics)
        {
            foreach (Metric metric in metrics)
            {
                metric.Reset();
            }
        }

        Array.Clear(_partSums);
        (_lossSum, _samples) = (0, 0);
    }

    /// <summary>Adds the losses of a step.</summary>
    public void AddLoss(StepProgram program, int rows)
    {
        _lossSum += program.Loss * (double)rows;
        _samples += rows;
        for (int i = 0; i < _partSums.Length; i++)
        {
            _partSums[i] += program.PartOf(i) * (double)rows;
        }
    }

    /// <summary>Adds the predictions of a step.</summary>
    public void Update(StepProgram program, BatchSource data, int rows)
    {
        for (int head = 0; head < _metrics.Length; head++)
        {
            ReadOnlySpan<float> predictions = program.OutputOf(head);
            foreach (Metric metric in _metrics[head])
            {
                metric.Update(predictions, program.Input(data.InputCount + head), rows, predictions.Length / rows, data.TargetWidths[head]);
            }
        }
    }

    /// <summary>Writes down everything seen since the last reset.</summary>
    public void SaveState(SavedState saved)
    {
        saved.Set("loss_sum", _lossSum);
        saved.Set("samples", _samples);
        saved.Set("part_sums", _partSums);
        ForEach((prefix, metric) =>
        {
            var own = new SavedState();
            metric.SaveState(own);
            saved.Add(prefix, own);
        });
    }

    /// <summary>Takes back what <see cref="SaveState"/> wrote.</summary>
    public void RestoreState(SavedState saved)
    {
        (_lossSum, _samples) = (saved.GetDouble("loss_sum"), (int)saved.GetInt64("samples"));
        saved.GetDoubles("part_sums").AsSpan(0, _partSums.Length).CopyTo(_partSums);
        ForEach((prefix, metric) => metric.RestoreState(saved.Part(prefix)));
    }

    /// <summary>The figures in Keras's order and naming: <c>loss</c>; with several outputs <c>a_loss</c>, <c>b_loss</c>; then the metrics.</summary>
    public OrderedDictionary<string, double> Figures()
    {
        var figures = new OrderedDictionary<string, double> { ["loss"] = Loss };
        for (int i = 0; i < _partSums.Length; i++)
        {
            figures[$"{_names[i]}_loss"] = _partSums[i] / _samples;
        }

        for (int head = 0; head < _metrics.Length; head++)
        {
            foreach (Metric metric in _metrics[head])
            {
                figures[_metrics.Length == 1 ? metric.Name : $"{_names[head]}_{metric.Name}"] = metric.Result;
            }
        }

        return figures;
    }

    private void ForEach(Action<string, Metric> action)
    {
        for (int head = 0; head < _metrics.Length; head++)
        {
            for (int i = 0; i < _metrics[head].Length; i++)
            {
                action($"{head}/{i}/", _metrics[head][i]);
            }
        }
    }
}

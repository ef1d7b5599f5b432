using Toolkit.Cli.Inputs;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli;

/// <summary>A data set as a model takes it, and what a model is worth on its test part.</summary>
internal sealed class QuantizationTask(IInferenceSession model, DatasetSplits data, CancellationToken cancellation)
{
    private const int BatchSize = 128;

    /// <summary>Whether the score is an accuracy; the negative mean squared error otherwise.</summary>
    public bool IsClassifier => data.Classes.Count > 0;

    /// <summary>The first samples of a part, by the name of the model's input.</summary>
    public Dictionary<string, Tensor> Inputs(Dataset part, int count) =>
        new() { [model.Inputs[0].Name] = SampleInputs.For(model, part.Take(Math.Min(count, part.Count)), data.Name) };

    /// <summary>Training samples at even distances: the first ones of a part that is sorted by class or by time would not show what the rest holds.</summary>
    public Dictionary<string, Tensor> CalibrationInputs(int count)
    {
        int taken = Math.Min(count, data.Train.Count);
        int[] indices = [.. Enumerable.Range(0, taken).Select(i => (int)((long)i * data.Train.Count / taken))];
        return Inputs(data.Train.Select(indices), taken);
    }

    /// <summary>Accuracy, or the negative mean squared error, on the first samples of the test part.</summary>
    public double Score(IInferenceSession session, int count)
    {
        Dataset test = data.Test.Take(Math.Min(count, data.Test.Count));
        Tensor inputs = Inputs(data.Test, count).Values.First();
        int batch = session.Inputs[0].Shape is { Rank: > 0 } shape && shape[0].Size is { } own ? (int)own : BatchSize;
        int width = test.Y.Shape.LengthOf(1..);
        double sum = 0;
        int scored = 0;
        for (int start = 0; start < test.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            int taken = Math.Min(batch, test.Count - start);
            if (taken < batch && batch != BatchSize)
            {
                break;
            }

            var tensors = new Dictionary<string, Tensor> { [session.Inputs[0].Name] = SampleInputs.Slice(inputs, start, taken) };
            Tensor output = session.Run(tensors)[session.Outputs[0].Name];
            ReadOnlySpan<float> targets = test.Y.Span.Slice(start * width, taken * width);
            sum += IsClassifier ? SampleInputs.CountCorrect(output, targets, data.Classes.Count, session.Outputs[0].Name) : -SquaredError(output, targets, session);
            scored += taken;
        }

        return scored == 0 ? double.NaN : sum / (IsClassifier ? scored : (double)scored * width);
    }

    private double SquaredError(Tensor output, ReadOnlySpan<float> targets, IInferenceSession session)
    {
        if (output is not Tensor<float> values || values.Length != targets.Length)
        {
            throw new Frame.UsageException($"data set '{data.Name}': expected output '{session.Outputs[0].Name}' of {targets.Length} values, got {output.ElementType} {output.Shape}.");
        }

        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double error = (double)values.Span[i] - targets[i];
            sum += error * error;
        }

        return sum;
    }
}

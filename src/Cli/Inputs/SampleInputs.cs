using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Inputs;

/// <summary>A data set's samples as a model takes them, and a model's answers beside the targets.</summary>
internal static class SampleInputs
{
    /// <summary>All samples of a data set, as images or flat, as the model's only input wants them.</summary>
    /// <exception cref="UsageException">The model takes several inputs, or samples of another size.</exception>
    public static Tensor For(IInferenceSession session, Dataset data, string name)
    {
        if (session.Inputs.Count != 1)
        {
            throw new UsageException($"data set '{name}': expected a model of one input, got {session.Inputs.Count}.");
        }

        ValueInfo input = session.Inputs[0];
        if (Fit.SampleLength(input) is { } length && length != data.X.Shape.LengthOf(1..))
        {
            throw new UsageException(
                $"data set '{name}': its samples have shape {new Shape(data.X.Shape.Dimensions[1..])}, but the model takes {input}; choose a data set that fits the model.");
        }

        // A fixed batch is met run by run, not by the whole.
        ValueInfo open = input.Shape is { Rank: > 0 } shape && shape[0].IsKnown
            ? input with { Shape = new SymbolicShape([Dimension.Unknown, .. shape.Dimensions[1..]]) }
            : input;
        return Fit.ToInput(data.X, open, name);
    }

    /// <summary>Some samples, copied.</summary>
    public static Tensor Slice(Tensor tensor, int start, int count)
    {
        int[] dimensions = [count, .. tensor.Shape.Dimensions[1..]];
        var slice = Tensor.Create(tensor.ElementType, new Shape(dimensions));
        int bytes = tensor.Bytes.Length / tensor.Shape[0];
        tensor.Bytes.Slice(start * bytes, count * bytes).CopyTo(slice.Bytes);
        return slice;
    }

    /// <summary>How many answers are right: the greatest of [n, classes], the label of [n], or one probability against one half.</summary>
    /// <param name="output">The model's output for n samples.</param>
    /// <param name="targets">n class indices.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="name">The output's name.</param>
    /// <exception cref="UsageException">The output is no answer of a classifier of that many classes.</exception>
    public static int CountCorrect(Tensor output, ReadOnlySpan<float> targets, int classes, string name)
    {
        int rows = targets.Length;
        switch (output)
        {
            case Tensor<float> scores when scores.Length == rows * classes && classes > 1:
                return Count(targets, row => Classification.ArgMax(scores.Span.Slice(row * classes, classes)));
            case Tensor<float> probabilities when probabilities.Length == rows && classes == 2:
                return Count(targets, row => probabilities.Span[row] >= 0.5f ? 1 : 0);
            case Tensor<long> labels when labels.Length == rows:
                return Count(targets, row => (int)labels.Span[row]);
            default:
                throw new UsageException(
                    $"output '{name}': expected [{rows},{classes}] scores or {rows} labels for {classes} classes, got {output.ElementType} {output.Shape}; choose the data set that the model was trained for.");
        }
    }

    private static int Count(ReadOnlySpan<float> targets, Func<int, int> predict)
    {
        int correct = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            if (predict(row) == (int)targets[row])
            {
                correct++;
            }
        }

        return correct;
    }
}

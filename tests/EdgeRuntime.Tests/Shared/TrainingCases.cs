using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of operators in the form that they have while a network trains.</summary>
internal static class TrainingCases
{
    private const string TrainingBuild = "runs it in builds for training only";

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Normalizations(), .. Dropouts()];

    private static IEnumerable<OperatorCase> Normalizations()
    {
        var tensors = new RandomTensors(71);
        foreach (int[] shape in new int[][] { [4, 3], [2, 3, 5], [3, 2, 4, 5], [1, 2, 2, 3, 2] })
        {
            Tensor x = tensors.Float(shape);
            int channels = shape[1];
            Tensor[] parameters = [tensors.Float(channels), tensors.Float(channels), tensors.Float(channels), tensors.Positive(channels)];
            int size = x.Shape.LengthOf(2..);
            double[] xs = Elements.Of(x);
            double[][] parts = [.. Enumerable.Range(0, channels).Select(c => xs.Where((_, i) => i / size % channels == c).ToArray())];
            double[] means = [.. parts.Select(part => part.Average())];
            double[] variances = [.. parts.Select((part, c) => part.Average(value => (value - means[c]) * (value - means[c])))];
            Tensor y = SpatialReference.BatchNormalization(x, Elements.Of(parameters[0]), Elements.Of(parameters[1]), means, variances, 1e-3f);
            yield return new($"BatchNormalization in training {x.Shape}", new O.BatchNormalization(1e-3f, 0.75f, IsTraining: true), [x, .. parameters], y)
            {
                Others = [Moved(parameters[2], means), Moved(parameters[3], variances)], MinOpset = 15, OnnxRuntimeGap = TrainingBuild,
            };
            yield return new($"BatchNormalization with saved statistics {x.Shape}", new O.BatchNormalization(1e-3f, 0.75f, IsTraining: true), [x, .. parameters], y)
            {
                Others = [Moved(parameters[2], means), Moved(parameters[3], variances), Elements.From(ElementType.Float32, [channels], means), Elements.From(ElementType.Float32, [channels], variances)],
                OnnxRuntimeGap = TrainingBuild,
            };
        }

        Tensor activations = tensors.Float(2, 3, 4);
        Tensor[] each = [tensors.Float(3, 4), tensors.Float(3, 4), tensors.Float(3, 4), tensors.Positive(3, 4)];
        double[][] p = [.. each.Select(Elements.Of)];
        Tensor normal = Elements.From(
            ElementType.Float32, activations.Shape, [.. Elements.Of(activations).Select((value, i) => ((value - p[2][i % 12]) / Math.Sqrt(p[3][i % 12] + 1e-5f) * p[0][i % 12]) + p[1][i % 12])]);
        yield return new("BatchNormalization for each activation", new O.BatchNormalization(IsPerActivation: true), [activations, .. each], normal) { OnnxRuntimeGap = "is an opset before 9" };

        static Tensor Moved(Tensor given, double[] statistic) =>
            Elements.From(ElementType.Float32, given.Shape, [.. Elements.Of(given).Select((value, c) => (0.75 * value) + (0.25 * statistic[c]))]);
    }

    private static IEnumerable<OperatorCase> Dropouts()
    {
        // What NumPy draws with seed 0 is 0.549, 0.715, 0.603, 0.545, 0.424, 0.646.
        Tensor x = Tensor.Vector(1f, 2f, 3f, 4f, 5f, 6f);
        bool[] kept = [false, true, true, false, false, true];
        Tensor ratio = Tensor.Scalar(0.6f);
        Tensor y = Elements.From(ElementType.Float32, [6], [.. Elements.Of(x).Select((value, i) => kept[i] ? value / (1 - 0.6f) : 0)]);
        yield return new("Dropout in training", new O.Dropout(0), [x, ratio, Tensor.Scalar(true)], y) { Others = [Tensor.Vector(kept)], OnnxRuntimeGap = "draws other numbers", MinOpset = 13 };
        yield return new("Dropout in training with a mask of numbers", new O.Dropout(0, HasNumericMask: true), [x, ratio, Tensor.Scalar(true)], y)
        {
            Others = [Elements.From(ElementType.Float32, [6], [.. kept.Select(flag => flag ? 1.0 : 0.0)])], OnnxRuntimeGap = "is an opset before 10",
        };
        yield return new("Dropout in training with ratio 0", new O.Dropout(0), [x, Tensor.Scalar(0f), Tensor.Scalar(true)], x) { Others = [Tensor.Vector(true, true, true, true, true, true)], MinOpset = 13 };
        yield return new("Dropout outside of training with a mask", new O.Dropout(0), [x, ratio, Tensor.Scalar(false)], x) { Others = [Tensor.Vector(true, true, true, true, true, true)], MinOpset = 13 };
    }
}

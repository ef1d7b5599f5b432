using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of normalisations over groups and rows, of p-norm pooling and of the way back from a pooling.</summary>
internal static class NormalizationCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Groups(), .. Rows(), .. Norms(), .. Unpoolings(), .. PaddingAlone()];

    private static IEnumerable<OperatorCase> Groups()
    {
        var tensors = new RandomTensors(51);
        foreach ((int[] shape, int groups) in new (int[], int)[] { ([2, 6, 5, 3], 3), ([3, 4, 7], 1), ([1, 4, 2, 3, 2], 4), ([5, 6], 2) })
        {
            foreach (bool isDouble in new[] { false, true })
            {
                Tensor x = isDouble ? tensors.Double(shape) : tensors.Float(shape);
                Tensor scale = isDouble ? tensors.Double(shape[1]) : tensors.Float(shape[1]);
                Tensor bias = isDouble ? tensors.Double(shape[1]) : tensors.Float(shape[1]);
                (double[] s, double[] b) = (Elements.Of(scale), Elements.Of(bias));
                Tensor grouped = x.Reshape([shape[0], groups, x.Length / shape[0] / groups]);
                Tensor normal = SpatialReference.Normalize(grouped, 2, 1e-2f, _ => 1, _ => 0);
                double[] values = Elements.Of(normal);
                int plane = x.Shape.LengthOf(2..);
                double[] result = [.. values.Select((value, i) => (value * s[i / plane % shape[1]]) + b[i / plane % shape[1]])];
                yield return new($"GroupNormalization {x.Shape} {groups} {x.ElementType}", new O.GroupNormalization(groups, 1e-2f), [x, scale, bias], Elements.From(x.ElementType, x.Shape, result)) { MinOpset = 21 };
            }
        }
    }

    private static IEnumerable<OperatorCase> Rows()
    {
        var tensors = new RandomTensors(52);
        (int Axis, int[] Scale)[] forms = [(-1, [6]), (1, [4, 6]), (0, [3, 4, 6]), (-2, [1, 6]), (2, [1]), (2, [4, 1]), (-1, [3, 1, 6]), (1, [3, 4, 1]), (2, [])];
        foreach ((int axis, int[] shape) in forms)
        {
            Tensor x = tensors.Float(3, 4, 6);
            Tensor scale = tensors.Float(shape);
            Tensor bias = tensors.Float(shape);
            int first = axis < 0 ? axis + 3 : axis;
            int columns = x.Shape.LengthOf(first..);
            double[] v = Elements.Of(x);
            double[] means = [.. v.Chunk(columns).Select(row => row.Average())];
            double[] inverse = [.. v.Chunk(columns).Select((row, i) => 1 / Math.Sqrt(row.Average(value => (value - means[i]) * (value - means[i])) + 1e-3f))];
            double[] roots = [.. v.Chunk(columns).Select(row => 1 / Math.Sqrt(row.Average(value => value * value) + 1e-3f))];
            Tensor normal = Elements.From(x.ElementType, x.Shape, [.. v.Select((value, i) => (value - means[i / columns]) * inverse[i / columns])]);
            Tensor rms = Elements.From(x.ElementType, x.Shape, [.. v.Select((value, i) => value * roots[i / columns])]);
            string text = $"axis {axis} scale {scale.Shape}";
            yield return new($"RMSNormalization {text}", new O.RMSNormalization(axis, 1e-3f), [x, scale], Reference.Zip(rms, scale, (a, b) => a * b));
            Tensor y = Reference.Zip(Reference.Zip(normal, scale, (a, b) => a * b), bias, (a, b) => a + b);
            Shape statistics = new([.. x.Shape.Dimensions[..first], .. Enumerable.Repeat(1, 3 - first)]);
            foreach (ElementType stash in new[] { ElementType.Float32, ElementType.Float64 })
            {
                yield return new($"LayerNormalization with statistics {text} {stash}", new O.LayerNormalization(axis, 1e-3f, stash), [x, scale, bias], y)
                {
                    OnnxRuntimeGap = stash == ElementType.Float64 ? "has statistics of float32 only" : null,
                    Others = [Elements.From(stash, statistics, means), Elements.From(stash, statistics, inverse)],
                };
            }
        }

        Tensor wide = tensors.Double(2, 5);
        Tensor factor = tensors.Double(5);
        double[] w = Elements.Of(wide);
        yield return new(
            "RMSNormalization float64", new O.RMSNormalization(), [wide, factor],
            Reference.Zip(Elements.From(ElementType.Float64, [2, 5], [.. w.Select((value, i) => value / Math.Sqrt(w.Chunk(5).ElementAt(i / 5).Average(u => u * u) + 1e-5f))]), factor, (a, b) => a * b));
    }

    private static IEnumerable<OperatorCase> Norms()
    {
        var random = new Random(53);
        var tensors = new RandomTensors(53);
        for (int i = 0; i < 12; i++)
        {
            int rank = (i % 3) + 1;
            int[] kernel = Many(rank, () => random.Next(2, 4));
            IntList strides = List(Many(rank, () => random.Next(1, 3)));
            IntList pads = List(Many(2 * rank, () => random.Next(0, 2)));
            IntList dilations = List(Many(rank, () => random.Next(1, 3)));
            Tensor x = i % 4 == 3 ? tensors.Double([2, 3, .. Many(rank, () => random.Next(6, 9))]) : tensors.Float([2, 3, .. Many(rank, () => random.Next(6, 9))]);
            float p = (i % 4) + 1;
            var op = new O.LpPool(List(kernel), strides, pads, dilations, i % 5 == 0, p);
            yield return new($"LpPool {i}: {x.Shape}", op, [x], SpatialReference.NormPool(op, x)) { OnnxRuntimeGap = i % 4 == 3 ? "runs float32 only" : null };
            yield return new($"GlobalLpPool {i}: {x.Shape}", new O.GlobalLpPool(p), [x], SpatialReference.Global(x, values => Math.Pow(values.Sum(v => Math.Pow(Math.Abs(v), p)), 1 / p))) { OnnxRuntimeGap = i % 4 == 3 ? "runs float32 only" : null };
        }
    }

    private static IEnumerable<OperatorCase> Unpoolings()
    {
        Tensor x = Tensor.From([1, 2, 2, 2], 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);
        Tensor places = Tensor.From([1, 2, 2, 2], 5L, 7L, 13L, 15L, 16L, 18L, 24L, 31L);
        var small = new double[32];
        var large = new double[60];
        for (int i = 0; i < 8; i++)
        {
            int place = (int)places.As<long>().Span[i];
            small[place] = i + 1;
            large[(place / 16 * 30) + (place / 4 % 4 * 6) + (place % 4)] = i + 1;
        }

        yield return new("MaxUnpool", new O.MaxUnpool([2, 2], [2, 2]), [x, places], Elements.From(ElementType.Float32, [1, 2, 4, 4], small));
        yield return new("MaxUnpool to a larger shape", new O.MaxUnpool([2, 2], [2, 2]), [x, places, Tensor.Vector(1L, 2L, 5L, 6L)], Elements.From(ElementType.Float32, [1, 2, 5, 6], large)) { OnnxRuntimeGap = "counts places in output_shape" };
        Tensor line = Tensor.From([1, 1, 3], 1.0, 2.0, 3.0);
        yield return new("MaxUnpool with pads", new O.MaxUnpool([3], [2], [1, 0]), [line, Tensor.From([1, 1, 3], 1L, 3L, 5L)], Tensor.From([1, 1, 6], 0.0, 1, 0, 2, 0, 3)) { OnnxRuntimeGap = "runs float32 only" };
    }

    private static IEnumerable<OperatorCase> PaddingAlone()
    {
        Tensor x = Tensor.From([1, 1, 2], 3f, 5f);
        yield return new("AveragePool of padding alone", new O.AveragePool([2], Pads: [2, 2], CountIncludePad: true), [x], Tensor.From([1, 1, 5], 0f, 1.5f, 4f, 2.5f, 0f)) { OnnxRuntimeGap = "refuses pads as large as the window" };
        Tensor i = Tensor.From([1, 1, 2], (byte)3, (byte)5);
        yield return new("MaxPool of padding alone", new O.MaxPool([2], Pads: [2, 2]), [i], Tensor.From([1, 1, 5], (byte)0, (byte)3, (byte)5, (byte)5, (byte)0)) { OnnxRuntimeGap = "refuses pads as large as the window" };
    }

    private static int[] Many(int count, Func<int> value) => [.. Enumerable.Range(0, count).Select(_ => value())];

    private static IntList List(int[] values) => new([.. values.Select(value => (long)value)]);
}

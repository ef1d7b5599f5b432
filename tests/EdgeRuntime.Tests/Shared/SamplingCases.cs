using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of grids, regions, boxes and blocks.</summary>
internal static class SamplingCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Grids(), .. Samples(), .. Blocks(), .. Deformed(), .. Regions(), .. Boxes()];

    private static IEnumerable<OperatorCase> Grids()
    {
        foreach (bool align in new[] { false, true })
        {
            Tensor identity = Tensor.From([1, 2, 3], 1f, 0, 0, 0, 1, 0);
            double[] line(int size) => [.. Enumerable.Range(0, size).Select(i => align ? (2.0 * i / (size - 1)) - 1 : ((2.0 * i) + 1) / size - 1)];
            (double[] rows, double[] columns, double[] planes) = (line(3), line(4), line(2));
            yield return new(
                $"AffineGrid identity {align}", new O.AffineGrid(align), [identity, Tensor.Vector(1L, 1L, 3L, 4L)],
                Elements.From(ElementType.Float32, [1, 3, 4, 2], [.. rows.SelectMany(y => columns.SelectMany(x => new[] { x, y }))]))
            { MinOpset = 20 };
            double[] map = [0.5, -0.25, 1, 2, 3, 0.1, 0, -1, 0.3, 0.7, 1, 0.2];
            double[] expected = [.. planes.SelectMany(z => rows.SelectMany(y => columns.SelectMany(x => Enumerable.Range(0, 3).Select(r => (map[4 * r] * x) + (map[(4 * r) + 1] * y) + (map[(4 * r) + 2] * z) + map[(4 * r) + 3]))))];
            yield return new(
                $"AffineGrid of planes {align}", new O.AffineGrid(align), [Elements.From(ElementType.Float32, [1, 3, 4], map), Tensor.Vector(1L, 1L, 2L, 3L, 4L)],
                Elements.From(ElementType.Float32, [1, 2, 3, 4, 3], expected))
            { MinOpset = 20 };
        }
    }

    private static IEnumerable<OperatorCase> Samples()
    {
        var tensors = new RandomTensors(81);
        foreach (O.SamplingMode mode in Enum.GetValues<O.SamplingMode>())
        {
            foreach (O.SamplingPadding padding in Enum.GetValues<O.SamplingPadding>())
            {
                foreach (bool align in new[] { false, true })
                {
                    var op = new O.GridSample(mode, padding, align);
                    Tensor x = tensors.Float(2, 2, 5, 4);
                    Tensor grid = tensors.Float(2, 3, 4, 2);
                    yield return new($"GridSample {mode} {padding} {align}", op, [x, grid], SamplingReference.GridSample(op, x, grid)) { MinOpset = 20 };
                    Tensor volume = tensors.Float(1, 2, 3, 2, 4);
                    Tensor places = tensors.Float(1, 2, 1, 3, 3);
                    yield return new($"GridSample of planes {mode} {padding} {align}", op, [volume, places], SamplingReference.GridSample(op, volume, places))
                    {
                        MinOpset = 20,
                        OnnxRuntimeGap = mode == O.SamplingMode.Cubic ? "has cubic over two axes only" : null,
                    };
                }
            }
        }

        (Tensor line, Tensor points) = (tensors.Double(1, 2, 6), tensors.Double(1, 5, 1));
        yield return new("GridSample float64 of a line", new O.GridSample(), [line, points], SamplingReference.GridSample(new O.GridSample(), line, points)) { MinOpset = 20, OnnxRuntimeGap = "has two or three axes" };
        Tensor wild = Tensor.From([1, 1, 4, 2], float.NaN, 0, 1e30f, 0, float.NegativeInfinity, 0, 0, float.PositiveInfinity);
        yield return new("GridSample at wild places", new O.GridSample(O.SamplingMode.Nearest), [tensors.Float(1, 1, 2, 2), wild], new Tensor<float>([1, 1, 1, 4])) { MinOpset = 20, OnnxRuntimeGap = "what is no number is left open" };
    }

    private static IEnumerable<OperatorCase> Blocks()
    {
        var random = new Random(82);
        var tensors = new RandomTensors(82);
        for (int i = 0; i < 8; i++)
        {
            int rank = (i % 3) + 1;
            int[] Many(int count, int least, int limit) => [.. Enumerable.Range(0, count).Select(_ => random.Next(least, limit))];
            (int[] image, int[] block) = (Many(rank, 5, 8), Many(rank, 1, 3));
            var op = new O.Col2Im(List(Many(rank, 1, 3)), List(Many(2 * rank, 0, 2)), List(Many(rank, 1, 3)));
            int[] windows = [.. image.Select((size, axis) => (int)op.Windows(size, block[axis], axis))];
            int elements = block.Aggregate(1, (a, b) => a * b);
            int columns = windows.Aggregate(1, (a, b) => a * b);
            Tensor x = tensors.Float(2, 3 * elements, columns);
            double[] xs = Elements.Of(x);
            Shape y = new([2, 3, .. image]);
            int plane = y.LengthOf(2..);
            var sums = new double[y.Length];
            for (int j = 0; j < xs.Length; j++)
            {
                (int column, int row) = (j % columns, j / columns);
                (int offset, int stride, int tap, int window) = (0, 1, row % elements, column);
                for (int axis = rank - 1; axis >= 0 && offset >= 0; axis--)
                {
                    int at = (int)((window % windows[axis] * op.Stride(axis)) + (tap % block[axis] * op.Dilation(axis)) - op.PadBegin(axis));
                    offset = at < 0 || at >= image[axis] ? -1 : offset + (at * stride);
                    (stride, tap, window) = (stride * image[axis], tap / block[axis], window / windows[axis]);
                }

                if (offset >= 0)
                {
                    sums[(row / elements * plane) + offset] += xs[j];
                }
            }

            yield return new($"Col2Im {i}: {x.Shape} to {y}", op, [x, Long(image), Long(block)], Elements.From(ElementType.Float32, y, sums)) { OnnxRuntimeGap = rank == 3 ? "places blocks otherwise over three axes with pads and dilations" : null };
        }
    }

    private static IEnumerable<OperatorCase> Deformed()
    {
        var random = new Random(83);
        var tensors = new RandomTensors(83);
        for (int i = 0; i < 10; i++)
        {
            (int group, int offsetGroup, int perGroup) = (random.Next(1, 3), random.Next(1, 3), random.Next(1, 3));
            int channels = group * offsetGroup * perGroup;
            int[] kernel = [random.Next(1, 4), random.Next(1, 4)];
            var op = new O.DeformConv(List(kernel), List([random.Next(1, 3), 1]), List([1, 0, 0, 1]), List([1, random.Next(1, 3)]), group, offsetGroup);
            Tensor x = i == 9 ? tensors.Double(2, channels, 7, 8) : tensors.Float(2, channels, 7, 8);
            Tensor New(params int[] shape) => i == 9 ? tensors.Double(shape) : tensors.Float(shape);
            Tensor w = New(group * 2, channels / group, kernel[0], kernel[1]);
            Shape y = SpatialReference.Conv(new O.Conv(op.KernelShape, op.Strides, op.Pads, op.Dilations, group), x, w, null).Shape;
            int taps = kernel[0] * kernel[1];
            Tensor offset = New(2, offsetGroup * taps * 2, y[2], y[3]);
            Tensor? bias = i % 2 == 0 ? New(w.Shape[0]) : null;
            Tensor? mask = i % 3 == 0 ? New(2, offsetGroup * taps, y[2], y[3]) : null;
            Tensor?[] inputs = [x, w, offset, bias, mask];
            yield return new(
                $"DeformConv {i}: {x.Shape} {w.Shape}", op, inputs[..(Array.FindLastIndex(inputs, input => input is not null) + 1)], SamplingReference.DeformConv(op, x, w, offset, bias, mask, y));
        }

        foreach (int[] size in new int[][] { [9], [4, 5, 6] })
        {
            int axes = size.Length;
            int[] ones = [.. Enumerable.Repeat(1, axes)];
            var op = new O.DeformConv(null, List([2, .. ones[1..]]), List([.. ones, .. ones]), List([.. ones[1..], 2]), 2, 2);
            Tensor x = tensors.Float([2, 4, .. size]);
            Tensor w = tensors.Float([4, 2, .. Enumerable.Repeat(2, axes)]);
            Shape y = SpatialReference.Conv(new O.Conv(op.KernelShape, op.Strides, op.Pads, op.Dilations, 2), x, w, null).Shape;
            int taps = 1 << axes;
            Tensor offset = tensors.Float([2, 2 * taps * axes, .. y.Dimensions[2..]]);
            Tensor mask = tensors.Float([2, 2 * taps, .. y.Dimensions[2..]]);
            yield return new($"DeformConv over {axes} axes", op, [x, w, offset, null, mask], SamplingReference.DeformConv(op, x, w, offset, null, mask, y)) { OnnxRuntimeGap = "has two axes" };
        }
    }

    private static IEnumerable<OperatorCase> Regions()
    {
        var tensors = new RandomTensors(84);
        Tensor x = tensors.Float(2, 3, 7, 9);
        Tensor rois = Tensor.From([4, 4], 0f, 0, 8, 6, 2.5f, 1.25f, 7.75f, 5, -3, -2, 4, 12, 5, 5, 5, 5);
        Tensor samples = Tensor.Vector(0L, 1L, 1L, 0L);
        foreach (bool isMaximum in new[] { false, true })
        {
            foreach (bool half in new[] { false, true })
            {
                foreach (int ratio in new[] { 0, 2 })
                {
                    var op = new O.RoiAlign(3, 2, ratio, 0.9f, isMaximum, half);
                    yield return new($"RoiAlign max {isMaximum} half pixel {half} ratio {ratio}", op, [x, rois, samples], SamplingReference.RoiAlign(op, x, rois, samples)) { MinOpset = 16 };
                }
            }
        }

        Tensor huge = Tensor.From([1, 4], -1e9f, -1e9f, 1e9f, 1e9f);
        yield return new("RoiAlign of a region beyond all measure", new O.RoiAlign(), [tensors.Float(1, 1, 3, 3), huge, Tensor.Vector(0L)], new Tensor<float>([1, 1, 1, 1])) { MinOpset = 16, OnnxRuntimeGap = "takes for ever" };
        Tensor counted = Elements.From(ElementType.Float32, [1, 1, 6, 6], [.. Enumerable.Range(0, 36).Select(i => (double)i)]);
        yield return new("MaxRoiPool", new O.MaxRoiPool([2, 2]), [counted, Tensor.From([2, 5], 0f, 0, 0, 3, 3, 0, 2, 1, 5, 5)], Tensor.From([2, 1, 2, 2], 7f, 9, 19, 21, 21, 23, 33, 35));
        yield return new("MaxRoiPool scaled, beyond the image", new O.MaxRoiPool([1, 2], 0.5f), [counted, Tensor.From([1, 5], 0f, 8, 8, 17, 11)], Tensor.From([1, 1, 1, 2], 35f, 0f)) { OnnxRuntimeGap = null };
    }

    private static IEnumerable<OperatorCase> Boxes()
    {
        Tensor boxes = Tensor.From([1, 6, 4], 0f, 0, 1, 1, 0, 0.1f, 1, 1.1f, 0, -0.1f, 1, 0.9f, 0, 10, 1, 11, 0, 10.1f, 1, 11.1f, 0, 100, 1, 101);
        Tensor scores = Tensor.From([1, 2, 6], 0.9f, 0.75f, 0.6f, 0.95f, 0.5f, 0.3f, 0.1f, 0.1f, 0.2f, 0.1f, 0.1f, 0.6f);
        Tensor limit = Tensor.Scalar(3L);
        yield return new("NonMaxSuppression", new O.NonMaxSuppression(), [boxes, scores, limit, Tensor.Scalar(0.5f)], Tensor.From([6, 3], 0L, 0, 3, 0, 0, 0, 0, 0, 5, 0, 1, 5, 0, 1, 2, 0, 1, 3));
        yield return new("NonMaxSuppression above a score", new O.NonMaxSuppression(), [boxes, scores, Tensor.Scalar(10L), Tensor.Scalar(0.5f), Tensor.Scalar(0.4f)], Tensor.From([3, 3], 0L, 0, 3, 0, 0, 0, 0, 1, 5));
        yield return new("NonMaxSuppression without a limit selects none", new O.NonMaxSuppression(), [boxes, scores], new Tensor<long>([0, 3])) { OnnxRuntimeGap = null };
        Tensor centers = Tensor.From([1, 3, 4], 0.5f, 0.5f, 1, 1, 0.5f, 0.6f, 1, 1, 0.5f, 10.5f, 1, 1);
        yield return new("NonMaxSuppression of centres", new O.NonMaxSuppression(true), [centers, Tensor.From([1, 1, 3], 0.5f, 0.9f, 0.1f), limit, Tensor.Scalar(0.5f)], Tensor.From([2, 3], 0L, 0, 1, 0, 0, 2));
    }

    private static Tensor<long> Long(int[] values) => Tensor.Vector<long>([.. values.Select(value => (long)value)]);

    private static IntList List(int[] values) => new([.. values.Select(value => (long)value)]);
}

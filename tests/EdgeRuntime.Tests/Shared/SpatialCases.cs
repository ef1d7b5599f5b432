using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of the operators over spatial axes, over random sizes.</summary>
internal static class SpatialCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Convolutions(), .. Transposed(), .. Poolings(), .. Normalizations(), .. Pads(), .. Resizes(), .. Rearrangements()];

    private static IEnumerable<OperatorCase> Convolutions()
    {
        var random = new Random(21);
        var tensors = new RandomTensors(21);
        for (int i = 0; i < 30; i++)
        {
            int rank = i < 6 ? 1 : i < 26 ? 2 : 3;
            int group = i % 3 == 0 ? random.Next(1, 4) : 1;
            int[] kernel = Many(rank, () => random.Next(1, 4));
            int[] strides = Many(rank, () => random.Next(1, 4));
            int[] dilations = Many(rank, () => random.Next(1, 3));
            int[] pads = Many(2 * rank, () => random.Next(0, 3));
            int[] sizes = Many(rank, () => random.Next(6, 11));
            Tensor x = tensors.Float([random.Next(1, 4), group * random.Next(1, 4), .. sizes]);
            Tensor w = tensors.Float([group * random.Next(1, 5), x.Shape[1] / group, .. kernel]);
            Tensor? b = random.Next(2) == 0 ? tensors.Float(w.Shape[0]) : null;
            var op = new O.Conv(List(kernel), List(strides), List(pads), List(dilations), group);
            yield return new($"Conv {i}: {x.Shape} {w.Shape} group {group}", op, b is null ? [x, w] : [x, w, b], SpatialReference.Conv(op, x, w, b));
        }

        Tensor depthwise = tensors.Float(2, 6, 7, 5);
        Tensor filters = tensors.Float(6, 1, 3, 3);
        var separable = new O.Conv([3, 3], Pads: [1, 1, 1, 1], Group: 6);
        yield return new("Conv depthwise", separable, [depthwise, filters], SpatialReference.Conv(separable, depthwise, filters, null));
        (Tensor image, Tensor kernels) = (tensors.Double(1, 2, 5, 5), tensors.Double(3, 2, 2, 2));
        yield return new("Conv float64", new O.Conv(), [image, kernels], SpatialReference.Conv(new O.Conv(), image, kernels, null));
        yield return new("Conv of nothing", new O.Conv(), [tensors.Float(0, 2, 5, 5), tensors.Float(3, 2, 2, 2)], new Tensor<float>([0, 3, 4, 4]));
    }

    private static IEnumerable<OperatorCase> Transposed()
    {
        var random = new Random(22);
        var tensors = new RandomTensors(22);
        for (int i = 0; i < 20; i++)
        {
            int rank = i < 5 ? 1 : i < 17 ? 2 : 3;
            int group = i % 3 == 0 ? random.Next(1, 4) : 1;
            int[] kernel = Many(rank, () => random.Next(1, 4));
            int[] strides = Many(rank, () => random.Next(1, 4));
            int[] padding = [.. strides.Select(stride => random.Next(0, stride))];
            Tensor x = tensors.Float([random.Next(1, 3), group * random.Next(1, 4), .. Many(rank, () => random.Next(3, 6))]);
            Tensor w = tensors.Float([x.Shape[1], random.Next(1, 4), .. kernel]);
            Tensor? b = random.Next(2) == 0 ? tensors.Float(w.Shape[1] * group) : null;
            var op = new O.ConvTranspose(List(kernel), List(strides), List(Many(2 * rank, () => random.Next(0, 2))), List(Many(rank, () => random.Next(1, 3))), group, List(padding));
            yield return new($"ConvTranspose {i}: {x.Shape} {w.Shape} group {group}", op, b is null ? [x, w] : [x, w, b], SpatialReference.ConvTranspose(op, x, w, b));
        }

        // What is added at the end may be more than the stride, and more than is cut there.
        foreach ((int rank, int[] added, int[] pads) in new (int, int[], int[])[] { (1, [5], [1, 0]), (1, [7], [3, 6]), (2, [0, 4], [0, 1, 0, 1]), (2, [3, 2], [1, 0, 2, 4]), (3, [2, 0, 6], [0, 1, 0, 1, 0, 0]) })
        {
            Tensor x = tensors.Float([2, 4, .. Many(rank, () => 3)]);
            Tensor w = tensors.Float([4, 3, .. Many(rank, () => 2)]);
            Tensor b = tensors.Float(6);
            var op = new O.ConvTranspose(null, List(Many(rank, () => 2)), List(pads), null, 2, List(added));
            yield return new($"ConvTranspose with {string.Join(',', added)} added and {string.Join(',', pads)} cut", op, [x, w, b], SpatialReference.ConvTranspose(op, x, w, b))
            {
                OnnxRuntimeGap = "takes output_padding below the stride alone",
            };
        }
    }

    private static IEnumerable<OperatorCase> Poolings()
    {
        var random = new Random(23);
        var tensors = new RandomTensors(23);
        for (int i = 0; i < 24; i++)
        {
            int rank = i < 6 ? 1 : i < 18 ? 2 : 3;
            int[] kernel = Many(rank, () => random.Next(2, 4));
            IntList strides = List(Many(rank, () => random.Next(1, 4)));
            IntList pads = List(Many(2 * rank, () => random.Next(0, 2)));
            IntList dilations = List(Many(rank, () => i % 2 == 0 ? 1 : random.Next(1, 3)));
            bool ceil = i % 3 == 0;
            Tensor x = tensors.Float([2, 3, .. Many(rank, () => random.Next(6, 10))]);
            var max = new O.MaxPool(List(kernel), strides, pads, dilations, ceil, i % 4 == 1);
            (Tensor y, Tensor indices) = SpatialReference.MaxPool(max, x);
            yield return new($"MaxPool {i}: {x.Shape}", max, [x], y) { Others = i % 2 == 0 ? [] : [indices] };
            var average = new O.AveragePool(List(kernel), strides, pads, dilations, ceil, i % 2 == 0);
            yield return new($"AveragePool {i}: {x.Shape}", average, [x], SpatialReference.AveragePool(average, x));
        }

        Tensor small = tensors.Float(1, 2, 1, 3);
        var beyond = new O.MaxPool([2, 2], [2, 2], CeilMode: true);
        yield return new("MaxPool whose window reaches beyond the input", beyond, [small], SpatialReference.MaxPool(beyond, small).Y);
        Tensor bytes = Elements.From(ElementType.UInt8, [1, 1, 3, 3], [1, 2, 3, 4, 250, 6, 7, 8, 9]);
        yield return new("MaxPool uint8", new O.MaxPool([2, 2]), [bytes], Elements.From(ElementType.UInt8, [1, 1, 2, 2], [250, 250, 250, 250]));
        Tensor wide = tensors.Double(1, 2, 4, 4);
        yield return new("MaxPool float64", new O.MaxPool([2, 2]), [wide], SpatialReference.MaxPool(new O.MaxPool([2, 2]), wide).Y);
        yield return new("AveragePool float64", new O.AveragePool([2, 2]), [wide], SpatialReference.AveragePool(new O.AveragePool([2, 2]), wide));
        foreach (int[] shape in new int[][] { [2, 3, 7], [2, 3, 4, 5], [1, 2, 3, 4, 5] })
        {
            Tensor x = tensors.Float(shape);
            yield return new($"GlobalAveragePool {x.Shape}", new O.GlobalAveragePool(), [x], SpatialReference.Global(x, Enumerable.Average));
            yield return new($"GlobalMaxPool {x.Shape}", new O.GlobalMaxPool(), [x], SpatialReference.Global(x, Enumerable.Max));
        }
    }

    private static IEnumerable<OperatorCase> Normalizations()
    {
        var tensors = new RandomTensors(24);
        foreach (int[] shape in new int[][] { [5, 3], [2, 3, 7], [2, 3, 4, 5] })
        {
            Tensor x = tensors.Float(shape);
            (Tensor scale, Tensor bias, Tensor mean, Tensor variance) = (tensors.Float(3), tensors.Float(3), tensors.Float(3), tensors.Positive(3));
            (double[] s, double[] b) = (Elements.Of(scale), Elements.Of(bias));
            yield return new(
                $"BatchNormalization {x.Shape}", new O.BatchNormalization(1e-3f), [x, scale, bias, mean, variance], SpatialReference.BatchNormalization(x, s, b, Elements.Of(mean), Elements.Of(variance), 1e-3f));
            if (shape.Length > 2)
            {
                yield return new(
                    $"InstanceNormalization {x.Shape}", new O.InstanceNormalization(1e-2f), [x, scale, bias], SpatialReference.Normalize(x, 2, 1e-2f, index => s[index[1]], index => b[index[1]]));
            }
        }

        foreach (int size in new[] { 1, 3, 5 })
        {
            Tensor x = tensors.Float(2, 4, 3, 2);
            var op = new O.LRN(size, 0.5f, 0.6f, 1.5f);
            yield return new($"LRN over {size} channels", op, [x], SpatialReference.ResponseNormalization(op, x));
        }

        Tensor z = tensors.Float(3, 4, 5);
        foreach (int axis in new[] { -1, 1, -3 })
        {
            int first = axis < 0 ? axis + 3 : axis;
            Shape shape = new(z.Shape.Dimensions[first..]);
            (Tensor scale, Tensor bias) = (tensors.Float([.. shape.Dimensions]), tensors.Float([.. shape.Dimensions]));
            (double[] s, double[] b) = (Elements.Of(scale), Elements.Of(bias));
            int Place(int[] index) => index[first..].Zip(shape.Dimensions.ToArray()).Aggregate(0, (offset, pair) => (offset * pair.Second) + pair.First);
            yield return new(
                $"LayerNormalization axis {axis}", new O.LayerNormalization(axis, 1e-3f), [z, scale, bias], SpatialReference.Normalize(z, first, 1e-3f, index => s[Place(index)], index => b[Place(index)]));
            yield return new(
                $"LayerNormalization axis {axis} without bias", new O.LayerNormalization(axis), [z, scale], SpatialReference.Normalize(z, first, 1e-5f, index => s[Place(index)], _ => 0));
        }
    }

    private static IEnumerable<OperatorCase> Pads()
    {
        var random = new Random(25);
        var tensors = new RandomTensors(25);
        foreach (O.PadMode mode in Enum.GetValues<O.PadMode>())
        {
            for (int i = 0; i < 5; i++)
            {
                int rank = random.Next(1, 5);
                Tensor x = tensors.Float(Many(rank, () => random.Next(3, 6)));
                int[] begins = Many(rank, () => random.Next(mode == O.PadMode.Constant ? -1 : 0, 3));
                int[] ends = Many(rank, () => random.Next(mode == O.PadMode.Constant ? -1 : 0, 3));
                Tensor pads = Tensor.Vector<long>([.. begins.Concat(ends).Select(pad => (long)pad)]);
                Tensor expected = SpatialReference.Pad(x, begins, ends, mode, mode == O.PadMode.Constant ? 1.5 : 0);
                yield return new($"Pad {mode} {i}", new O.Pad(mode), mode == O.PadMode.Constant ? [x, pads, Tensor.Scalar(1.5f)] : [x, pads], expected);
            }
        }

        Tensor integers = tensors.Long(2, 3);
        yield return new("Pad along one axis", new O.Pad(), [integers, Tensor.Vector(1L, 2L), null, Tensor.Vector(-1L)], SpatialReference.Pad(integers, [0, 1], [0, 2], O.PadMode.Constant, 0));
    }

    private static IEnumerable<OperatorCase> Resizes()
    {
        var tensors = new RandomTensors(26);
        Tensor x = tensors.Float(1, 2, 4, 6);
        float[][] scales = [[1, 1, 2, 2], [1, 1, 0.5f, 1.5f], [1, 1, 3, 0.6f]];
        foreach (float[] factors in scales)
        {
            foreach (O.CoordinateTransformation transformation in Enum.GetValues<O.CoordinateTransformation>().Except([O.CoordinateTransformation.TfCropAndResize, O.CoordinateTransformation.HalfPixelSymmetric, O.CoordinateTransformation.TfHalfPixelForNn]))
            {
                foreach (O.ResizeMode mode in new[] { O.ResizeMode.Nearest, O.ResizeMode.Linear })
                {
                    var op = new O.Resize(mode, transformation, O.NearestMode.Floor);
                    int[] sizes = [.. factors.Select((factor, axis) => (int)Math.Floor(x.Shape[axis] * factor))];
                    yield return new(
                        $"Resize {mode} {transformation} [{string.Join(',', factors)}]", op, [x, null, Tensor.Vector(factors)],
                        SpatialReference.Resize(x, sizes, (axis, i) => Taps(op, x.Shape[axis], sizes[axis], factors[axis], i)));
                }
            }
        }

        foreach (O.NearestMode nearest in Enum.GetValues<O.NearestMode>())
        {
            var op = new O.Resize(NearestMode: nearest);
            int[] sizes = [1, 2, 7, 3];
            yield return new($"Resize {nearest} to sizes", op, [x, null, null, Tensor.Vector(1L, 2L, 7L, 3L)], SpatialReference.Resize(x, sizes, (axis, i) => Taps(op, x.Shape[axis], sizes[axis], (float)sizes[axis] / x.Shape[axis], i)));
        }

        Tensor integers = tensors.Int(1, 1, 2, 2);
        var doubled = new O.Resize(Transformation: O.CoordinateTransformation.Asymmetric, NearestMode: O.NearestMode.Floor);
        yield return new("Resize int32", doubled, [integers, null, Tensor.Vector(1f, 1f, 2f, 2f)], SpatialReference.Resize(integers, [1, 1, 4, 4], (axis, i) => Taps(doubled, integers.Shape[axis], axis < 2 ? 1 : 4, axis < 2 ? 1 : 2, i)));
    }

    private static IEnumerable<(int Index, double Weight)> Taps(O.Resize op, int input, int output, double scale, int index)
    {
        double at = op.Transformation switch
        {
            O.CoordinateTransformation.AlignCorners => output == 1 ? 0 : index * (double)(input - 1) / (output - 1),
            O.CoordinateTransformation.Asymmetric => index / scale,
            O.CoordinateTransformation.PytorchHalfPixel when output == 1 => 0,
            _ => ((index + 0.5) / scale) - 0.5,
        };
        double near = op.NearestMode switch
        {
            O.NearestMode.Floor => Math.Floor(at + 1e-6),
            O.NearestMode.Ceil => Math.Ceiling(at - 1e-6),
            O.NearestMode.RoundPreferFloor => Math.Ceiling(at - 0.5 - 1e-6),
            _ => Math.Floor(at + 0.5 + 1e-6),
        };
        int low = (int)Math.Floor(at);
        return op.Mode == O.ResizeMode.Nearest ? [((int)Math.Clamp(near, 0, input - 1), 1)]
            : [(Math.Clamp(low, 0, input - 1), 1 - (at - low)), (Math.Clamp(low + 1, 0, input - 1), at - low)];
    }

    private static IEnumerable<OperatorCase> Rearrangements()
    {
        var tensors = new RandomTensors(27);
        Tensor x = tensors.Float(2, 12, 2, 3);
        double[] v = Elements.Of(x);
        foreach (bool columnRowDepth in new[] { false, true })
        {
            yield return new($"DepthToSpace column-row-depth {columnRowDepth}", new O.DepthToSpace(2, columnRowDepth), [x], Reference.Build(x.ElementType, [2, 3, 4, 6], i =>
            {
                int block = (i[2] % 2 * 2) + (i[3] % 2);
                int channel = columnRowDepth ? (i[1] * 4) + block : (block * 3) + i[1];
                return v[(((((i[0] * 12) + channel) * 2) + (i[2] / 2)) * 3) + (i[3] / 2)];
            }));
        }

        Tensor y = tensors.Float(2, 3, 4, 6);
        double[] w = Elements.Of(y);
        yield return new("SpaceToDepth", new O.SpaceToDepth(2), [y], Reference.Build(y.ElementType, [2, 12, 2, 3], i =>
            w[(((((i[0] * 3) + (i[1] % 3)) * 4) + (i[2] * 2) + (i[1] / 3 / 2)) * 6) + (i[3] * 2) + (i[1] / 3 % 2)]));
        yield return new("ConstantOfShape", new O.ConstantOfShape(Tensor.Vector(7L)), [Tensor.Vector(2L, 3L)], Elements.From(ElementType.Int64, [2, 3], [7, 7, 7, 7, 7, 7]));
        yield return new("ConstantOfShape of zeros", new O.ConstantOfShape(), [Tensor.Vector(2L, 0L)], new Tensor<float>([2, 0]));
        Tensor z = Elements.From(ElementType.Int32, [2, 5], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        yield return new("Split", new O.Split(1), [z, Tensor.Vector(1L, 0L, 4L)], Elements.From(ElementType.Int32, [2, 1], [0, 5]))
        {
            Others = [new Tensor<int>([2, 0]), Elements.From(ElementType.Int32, [2, 4], [1, 2, 3, 4, 6, 7, 8, 9])],
        };
        yield return new("Split with a smaller last part", new O.Split(-1, 2), [z], Elements.From(ElementType.Int32, [2, 3], [0, 1, 2, 5, 6, 7]))
        {
            Others = [Elements.From(ElementType.Int32, [2, 2], [3, 4, 8, 9])],
        };
    }

    private static int[] Many(int count, Func<int> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    private static IntList List(int[] values) => new([.. values.Select(value => (long)value)]);
}

using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of quantization and of the operators on quantized elements; every integer is exact.</summary>
internal static class QuantizationCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Linear(), .. Dynamic(), .. Products(), .. Convolutions()];

    private static IEnumerable<OperatorCase> Linear()
    {
        var tensors = new RandomTensors(71);
        Tensor x = tensors.Float(3, 4, 6);
        foreach (ElementType type in new[] { ElementType.Int8, ElementType.UInt8, ElementType.Int16, ElementType.UInt16 })
        {
            bool isWide = type is ElementType.Int16 or ElementType.UInt16;
            foreach ((string text, int[] shape, int axis, int block) in new (string, int[], int, int)[]
            {
                ("scalar", [], 1, 0), ("one element", [1], 1, 0), ("axis 1", [4], 1, 0), ("axis -1", [6], -1, 0), ("axis 0", [3], 0, 0),
                ("blocks on axis 1", [3, 2, 6], 1, 3), ("blocks on the last axis", [3, 4, 2], -1, 4), ("blocks on axis 0", [2, 4, 6], 0, 2),
            })
            {
                Tensor scale = Reference.Map(tensors.Positive(shape), v => v * (isWide ? 1e-4 : 1e-2));
                Tensor zero = Elements.From(type, new Shape(shape), [.. Enumerable.Range(0, scale.Length).Select(i => type is ElementType.UInt8 or ElementType.UInt16 ? 100.0 + i : (i % 5) - 2.0)]);
                long opset = block > 0 || isWide ? 21 : 13;
                Tensor y = Quantize(x, scale, zero, axis, block, type);
                yield return new($"QuantizeLinear {type} {text}", new O.QuantizeLinear(axis, block), [x, scale, zero], y) { MinOpset = opset };
                yield return new($"DequantizeLinear {type} {text}", new O.DequantizeLinear(axis, block), [y, scale, zero], Dequantize(y, scale, zero, axis, block)) { MinOpset = opset };
            }

            Tensor one = Tensor.Scalar(isWide ? 1e-4f : 0.01f);
            yield return new($"QuantizeLinear {type} without zero point", new O.QuantizeLinear(OutputType: type), [x, one], Quantize(x, one, null, 1, 0, type)) { MinOpset = 21 };
        }

        Tensor ties = Tensor.Vector(0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 300f, -300f, float.PositiveInfinity, float.NegativeInfinity, 254.5f);
        yield return new("QuantizeLinear rounds halves to even and saturates", new O.QuantizeLinear(), [ties, Tensor.Scalar(1f)], Tensor.Vector<byte>(0, 2, 2, 0, 0, 255, 0, 255, 0, 254));
        yield return new(
            "QuantizeLinear int32", new O.QuantizeLinear(), [Tensor.Vector(-7, 5, 1000), Tensor.Scalar(2f), Tensor.Scalar((sbyte)1)], Tensor.Vector<sbyte>(-3, 3, 127))
        { OnnxRuntimeGap = "wants the scale to have the type of x" };
        Tensor sums = Tensor.Vector(-1000000, 3, 70000);
        yield return new("DequantizeLinear int32", new O.DequantizeLinear(), [sums, Tensor.Scalar(0.25f)], Tensor.Vector(-250000f, 0.75f, 17500f));
        yield return new("QuantizeLinear of nothing", new O.QuantizeLinear(), [new Tensor<float>([0, 3]), Tensor.Scalar(1f)], new Tensor<byte>([0, 3]));
    }

    private static IEnumerable<OperatorCase> Dynamic()
    {
        foreach ((string text, float[] values) in new (string, float[])[] { ("both signs", [-1.5f, 0, 2.25f, 0.1f]), ("above 0", [0.5f, 3f]), ("below 0", [-0.5f, -3f]), ("zeros", [0f, 0f]) })
        {
            float least = Math.Min(0, values.Min());
            float greatest = Math.Max(0, values.Max());
            float scale = least == greatest ? 1 : (greatest - least) / 255;
            float zero = MathF.Round(-least / scale);
            byte[] y = [.. values.Select(value => (byte)Math.Clamp(MathF.Round(value / scale) + zero, 0, 255))];
            yield return new($"DynamicQuantizeLinear of {text}", new O.DynamicQuantizeLinear(), [Tensor.Vector(values)], Tensor.Vector(y)) { Others = [Tensor.Scalar(scale), Tensor.Scalar((byte)zero)] };
        }
    }

    private static IEnumerable<OperatorCase> Products()
    {
        var random = new Random(72);
        (int[] A, int[] B)[] shapes = [([3, 4], [4, 5]), ([2, 3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]), ([2, 1, 3, 4], [5, 4, 2]), ([4], [4, 5]), ([3, 4], [4]), ([7, 33], [33, 19])];
        int i = 0;
        foreach ((int[] left, int[] right) in shapes)
        {
            foreach (ElementType type in new[] { ElementType.Int8, ElementType.UInt8 })
            {
                i++;
                Tensor a = Bytes(random, type, left);
                Tensor b = Bytes(random, ElementType.Int8, right);
                bool perRow = i % 3 == 0 && left.Length > 1;
                bool perColumn = i % 2 == 0 && right.Length > 1;
                Tensor za = Bytes(random, type, perRow ? [left[^2]] : []);
                Tensor zb = Bytes(random, ElementType.Int8, perColumn ? [right[^1]] : []);
                Tensor wideA = Shift(a, za, left.Length > 1 ? left.Length - 2 : 0);
                Tensor wideB = Shift(b, zb, right.Length - 1);
                Tensor sums = Reference.MatMul(wideA, wideB);
                string text = $"{a.Shape} {b.Shape} {type}{(perRow ? " per row" : "")}{(perColumn ? " per column" : "")}";
                yield return new($"MatMulInteger {text}", new O.MatMulInteger(), [a, b, za, zb], sums) { OnnxRuntimeGap = perRow || (perColumn && right.Length > 2) ? "has one zero point of a matrix" : null };
                Tensor sa = Tensor.Scalar(0.05f);
                Tensor sb = perColumn ? Elements.From(ElementType.Float32, [right[^1]], [.. Enumerable.Range(0, right[^1]).Select(j => 0.01 * (j + 1))]) : Tensor.Scalar(0.02f);
                var scales = sb.As<float>().ToArray();
                int columns = right.Length > 1 ? right[^1] : 1;
                double[] y = [.. Elements.Of(sums).Select((sum, j) => (double)Math.Clamp(MathF.Round((float)sum * (0.05f * scales[scales.Length == 1 ? 0 : j % columns] / 0.5f)) + 3, -128, 127))];
                yield return new(
                    $"QLinearMatMul {text}", new O.QLinearMatMul(), [a, sa, za, b, sb, zb, Tensor.Scalar(0.5f), Tensor.Scalar((sbyte)3)], Elements.From(ElementType.Int8, sums.Shape, y))
                {
                    OnnxRuntimeGap = perRow ? "has one zero point of A" : type == ElementType.UInt8 ? "wants the type of a for y" : null,
                };
            }
        }

        Tensor m = Bytes(random, ElementType.UInt8, [2, 3]);
        Tensor n = Bytes(random, ElementType.UInt8, [3, 2]);
        yield return new("MatMulInteger without zero points", new O.MatMulInteger(), [m, n], Reference.MatMul(Shift(m, Tensor.Scalar((byte)0), 0), Shift(n, Tensor.Scalar((byte)0), 0)));
    }

    private static IEnumerable<OperatorCase> Convolutions()
    {
        var random = new Random(73);
        for (int i = 0; i < 20; i++)
        {
            int rank = i % 5 == 4 ? 1 : i % 7 == 6 ? 3 : 2;
            int group = i % 3 == 0 ? random.Next(1, 4) : 1;
            int[] Many(int count, int least, int limit) => [.. Enumerable.Range(0, count).Select(_ => random.Next(least, limit))];
            int[] kernel = Many(rank, 1, 4);
            IntList strides = List(Many(rank, 1, 3));
            IntList pads = List(Many(2 * rank, 0, 2));
            IntList dilations = List(Many(rank, 1, 3));
            ElementType type = i % 2 == 0 ? ElementType.UInt8 : ElementType.Int8;
            Tensor x = Bytes(random, type, [random.Next(1, 3), group * random.Next(1, 4), .. Many(rank, 6, 9)]);
            Tensor w = Bytes(random, ElementType.Int8, [group * random.Next(1, 4), x.Shape[1] / group, .. kernel]);
            Tensor zx = Bytes(random, type, []);
            bool perChannel = i % 4 > 1;
            Tensor zw = Bytes(random, ElementType.Int8, perChannel ? [w.Shape[0]] : []);
            var conv = new O.Conv(List(kernel), strides, pads, dilations, group);
            Tensor sums = Elements.From(ElementType.Int32, SpatialReference.Conv(conv, Shift(x, zx, 0), Shift(w, zw, 0), null).Shape, Elements.Of(SpatialReference.Conv(conv, Shift(x, zx, 0), Shift(w, zw, 0), null)));
            string text = $"{i}: {x.Shape} {w.Shape} {type} group {group}";
            yield return new($"ConvInteger {text}", new O.ConvInteger(List(kernel), strides, pads, dilations, group), [x, w, zx, zw], sums)
            {
                OnnxRuntimeGap = perChannel ? "has one zero point of w" : null,
            };
            float[] scales = [.. Enumerable.Range(0, perChannel ? w.Shape[0] : 1).Select(j => 0.001f * (j + 1))];
            int[] bias = [.. Enumerable.Range(0, w.Shape[0]).Select(_ => random.Next(-500, 500))];
            int plane = sums.Shape.LengthOf(2..);
            double[] y = [.. Elements.Of(sums).Select((sum, j) =>
            {
                int channel = j / plane % w.Shape[0];
                float multiplier = 0.05f * scales[scales.Length == 1 ? 0 : channel] / 0.2f;
                int least = type == ElementType.UInt8 ? 0 : -128;
                return (double)Math.Clamp(MathF.Round(((int)sum + bias[channel]) * multiplier) + 7, least, least + 255);
            })];
            yield return new(
                $"QLinearConv {text}", new O.QLinearConv(List(kernel), strides, pads, dilations, group),
                [x, Tensor.Scalar(0.05f), zx, w, perChannel ? Tensor.Vector(scales) : Tensor.Scalar(scales[0]), zw, Tensor.Scalar(0.2f), Elements.From(type, [], [7.0]), Tensor.Vector(bias)],
                Elements.From(type, sums.Shape, y));
        }
    }

    private static IntList List(int[] values) => new([.. values.Select(value => (long)value)]);

    private static Tensor Bytes(Random random, ElementType type, int[] shape) =>
        Elements.From(type, new Shape(shape), [.. Enumerable.Range(0, new Shape(shape).Length).Select(_ => (double)random.Next(type == ElementType.UInt8 ? 0 : -128, type == ElementType.UInt8 ? 256 : 128))]);

    // x - zero in int32; zero has one number, or one for each element of an axis.
    private static Tensor Shift(Tensor x, Tensor zero, int axis)
    {
        (double[] v, double[] z) = (Elements.Of(x), Elements.Of(zero));
        int inner = x.Shape.Rank == 0 ? 1 : x.Shape.LengthOf((axis + 1)..);
        return Elements.From(ElementType.Int32, x.Shape, [.. v.Select((value, i) => value - z[z.Length == 1 ? 0 : i / inner % x.Shape[axis]])]);
    }

    private static int ScaleOf(Shape x, Shape scale, int axis, int block, int element)
    {
        if (scale.Length == 1)
        {
            return 0;
        }

        int normal = axis < 0 ? axis + x.Rank : axis;
        int result = 0;
        int remaining = element;
        int stride = 1;
        for (int i = x.Rank - 1; i >= 0; i--)
        {
            int at = remaining % x[i];
            remaining /= x[i];
            if (block == 0)
            {
                result += i == normal ? at : 0;
                continue;
            }

            result += (i == normal ? at / block : at) * stride;
            stride *= scale[i];
        }

        return result;
    }

    private static Tensor Quantize(Tensor x, Tensor scale, Tensor? zero, int axis, int block, ElementType type)
    {
        (float[] v, float[] s) = (x.As<float>().ToArray(), scale.As<float>().ToArray());
        double[] z = zero is null ? new double[s.Length] : Elements.Of(zero);
        (double least, double greatest) = type switch
        {
            ElementType.Int8 => (-128.0, 127.0),
            ElementType.UInt8 => (0, 255),
            ElementType.Int16 => (-32768, 32767),
            _ => (0, 65535),
        };
        return Elements.From(type, x.Shape, [.. v.Select((value, i) =>
        {
            int at = ScaleOf(x.Shape, scale.Shape, axis, block, i);
            return Math.Clamp(Math.Round((double)(value / s[at])) + z[at], least, greatest);
        })]);
    }

    private static Tensor Dequantize(Tensor x, Tensor scale, Tensor zero, int axis, int block)
    {
        (double[] v, double[] s, double[] z) = (Elements.Of(x), Elements.Of(scale), Elements.Of(zero));
        return Elements.From(ElementType.Float32, x.Shape, [.. v.Select((value, i) =>
        {
            int at = ScaleOf(x.Shape, scale.Shape, axis, block, i);
            return (value - z[at]) * s[at];
        })]);
    }
}

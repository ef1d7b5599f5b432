using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of ONNX Runtime's own operators on quantized elements: dequantized, computed and quantized in float64, away from ties.</summary>
internal static class ContribCases
{
    private static readonly ElementType[] Types = [ElementType.UInt8, ElementType.Int8];

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Binary(), .. Unary(), .. Pools(), .. Joins(), .. Products()];

    private static IEnumerable<OperatorCase> Binary()
    {
        var random = new Random(81);
        foreach (ElementType type in Types)
        {
            foreach ((int[] a, int[] b) in new (int[], int[])[] { ([3, 5], [3, 5]), ([2, 3, 37], [3, 1]), ([4], [2, 3, 4]), ([], [70]), ([2, 1, 5], [1, 6, 1]) })
            {
                Tensor x = Bytes(random, type, a);
                Tensor y = Bytes(random, type, b);
                (Tensor sx, Tensor zx) = Parameters(0.0312f, type, 5);
                (Tensor sy, Tensor zy) = Parameters(0.0207f, type, -3);
                (Tensor sz, Tensor zz) = Parameters(0.0471f, type, 9);
                string text = $"{type} {x.Shape} {y.Shape}";
                yield return new(
                    $"QLinearAdd {text}", new O.QLinearAdd(), [x, sx, zx, y, sy, zy, sz, zz],
                    Quantize(Reference.Zip(Dequantize(x, sx, zx), Dequantize(y, sy, zy), (p, q) => p + q), sz, zz));
                yield return new(
                    $"QLinearMul {text}", new O.QLinearMul(), [x, sx, zx, y, sy, zy, sz, zz],
                    Quantize(Reference.Zip(Dequantize(x, sx, zx), Dequantize(y, sy, zy), (p, q) => p * q), sz, zz));
            }
        }

        Tensor plain = Bytes(random, ElementType.UInt8, [2, 3]);
        Tensor scale = Tensor.Scalar(0.03f);
        yield return new(
            "QLinearAdd without zero points", new O.QLinearAdd(), [plain, scale, null, plain, scale, null, Tensor.Scalar(0.07f)],
            Quantize(Reference.Zip(Dequantize(plain, scale, null), Dequantize(plain, scale, null), (p, q) => p + q), Tensor.Scalar(0.07f), Tensor.Scalar((byte)0)))
        { OnnxRuntimeGap = "does not infer its type without zero points" };
        var condition = Tensor.From<bool>([2, 3], [true, false, true, true, false, false]);
        (Tensor s1, Tensor z1) = Parameters(0.031f, ElementType.UInt8, 4);
        (Tensor s2, Tensor z2) = Parameters(0.017f, ElementType.UInt8, 7);
        (Tensor s3, Tensor z3) = Parameters(0.029f, ElementType.UInt8, 0);
        Tensor one = Bytes(random, ElementType.UInt8, [3]);
        double[] left = Elements.Of(Dequantize(plain, s1, z1));
        double[] right = Elements.Of(Dequantize(one, s2, z2));
        yield return new(
            "QLinearWhere", new O.QLinearWhere(), [condition, plain, s1, z1, one, s2, z2, s3, z3],
            Quantize(Elements.From(ElementType.Float32, [2, 3], [.. left.Select((v, i) => condition.Span[i] ? v : right[i % 3])]), s3, z3));
    }

    private static IEnumerable<OperatorCase> Unary()
    {
        foreach (ElementType type in Types)
        {
            Tensor x = Elements.From(type, [4, 64], [.. Enumerable.Range(0, 256).Select(i => (double)(type == ElementType.Int8 ? i - 128 : i))]);
            (Tensor sx, Tensor zx) = Parameters(0.0331f, type, 11);
            (Tensor sy, Tensor zy) = Parameters(0.00391f, type, type == ElementType.Int8 ? -128 : 0);
            (Tensor sl, Tensor zl) = Parameters(0.0291f, type, 20);
            Tensor real = Dequantize(x, sx, zx);
            yield return new($"QLinearSigmoid {type}", new O.QLinearSigmoid(), [x, sx, zx, sy, zy], Quantize(Reference.Map(real, v => 1 / (1 + Math.Exp(-v))), sy, zy));
            yield return new($"QLinearLeakyRelu {type}", new O.QLinearLeakyRelu(0.13f), [x, sx, zx, sl, zl], Quantize(Reference.Map(real, v => v > 0 ? v : v * 0.13f), sl, zl));
            yield return new($"QLinearSoftmax {type}", new O.QLinearSoftmax(-1), [x, sx, zx, sy, zy], Quantize(Softmax(real, 64, 1), sy, zy)) { OnnxRuntimeGap = "truncates sums in integers" };
            yield return new($"QLinearSoftmax {type} axis 0", new O.QLinearSoftmax(0), [x, sx, zx, sy, zy], Quantize(Softmax(real, 4, 64), sy, zy)) { OnnxRuntimeGap = "truncates sums in integers" };
            yield return new($"QLinearSoftmax {type} of opset 11", new O.QLinearSoftmax(0, 11), [x, sx, zx, sy, zy], Quantize(Softmax(real, 256, 1), sy, zy)) { OnnxRuntimeGap = "truncates sums in integers" };
        }
    }

    private static IEnumerable<OperatorCase> Pools()
    {
        var random = new Random(82);
        foreach (ElementType type in Types)
        {
            Tensor x = Bytes(random, type, [2, 3, 6, 7]);
            (Tensor sx, Tensor zx) = Parameters(0.0331f, type, 11);
            (Tensor sy, Tensor zy) = Parameters(0.0207f, type, 5);
            Tensor real = Dequantize(x, sx, zx);
            yield return new(
                $"QLinearGlobalAveragePool {type}", new O.QLinearGlobalAveragePool(), [x, sx, zx, sy, zy],
                Quantize(Elements.From(ElementType.Float32, [2, 3, 1, 1], [.. Elements.Of(real).Chunk(42).Select(plane => plane.Average())]), sy, zy));
            double[] last = [.. Enumerable.Range(0, 14).Select(i => Enumerable.Range(0, 18).Average(j => Elements.Of(real)[(i / 7 * 126) + (j * 7) + (i % 7)]))];
            yield return new(
                $"QLinearGlobalAveragePool {type} channels last", new O.QLinearGlobalAveragePool(true), [x, sx, zx, sy, zy], Quantize(Elements.From(ElementType.Float32, [2, 1, 1, 7], last), sy, zy));
            foreach (bool counts in new[] { false, true })
            {
                var pool = new O.AveragePool([3, 2], [2, 1], [1, 0, 1, 1], null, false, counts);
                yield return new(
                    $"QLinearAveragePool {type} {counts}", new O.QLinearAveragePool(pool.KernelShape, pool.Strides, pool.Pads, false, counts), [x, sx, zx, sy, zy],
                    Quantize(SpatialReference.AveragePool(pool, real), sy, zy));
            }
        }
    }

    private static IEnumerable<OperatorCase> Joins()
    {
        var random = new Random(83);
        foreach (ElementType type in Types)
        {
            Tensor a = Bytes(random, type, [2, 3, 4]);
            Tensor b = Bytes(random, type, [2, 1, 4]);
            (Tensor sa, Tensor za) = Parameters(0.031f, type, 4);
            (Tensor sb, Tensor zb) = Parameters(0.017f, type, -7);
            double[] first = Elements.Of(a);
            double[] second = Elements.Of(Quantize(Dequantize(b, sb, zb), sa, za));
            yield return new(
                $"QLinearConcat {type}", new O.QLinearConcat(1), [sa, za, a, sa, za, b, sb, zb],
                Elements.From(type, [2, 4, 4], [.. first[..12], .. second[..4], .. first[12..], .. second[4..]]));
        }
    }

    private static IEnumerable<OperatorCase> Products()
    {
        var random = new Random(84);
        foreach (ElementType type in Types)
        {
            foreach (bool transposed in new[] { false, true })
            {
                Tensor a = Bytes(random, type, transposed ? [9, 4] : [4, 9]);
                Tensor b = Bytes(random, ElementType.Int8, transposed ? [5, 9] : [9, 5]);
                Tensor c = Elements.From(ElementType.Int32, [5], [120, -44, 9000, 0, -3]);
                (Tensor sa, Tensor za) = Parameters(0.0213f, type, 4);
                Tensor sb = Tensor.Vector(0.01f, 0.013f, 0.007f, 0.02f, 0.011f);
                Tensor zb = new Tensor<sbyte>([5]);
                (Tensor sy, Tensor zy) = Parameters(0.31f, type, 12);
                double[] left = Elements.Of(a);
                double[] right = Elements.Of(b);
                double zero = Elements.Of(za)[0];
                double[] y = new double[20];
                for (int i = 0; i < y.Length; i++)
                {
                    double sum = Elements.Of(c)[i % 5];
                    for (int k = 0; k < 9; k++)
                    {
                        sum += (left[transposed ? (k * 4) + (i / 5) : (i / 5 * 9) + k] - zero) * right[transposed ? (i % 5 * 9) + k : (k * 5) + (i % 5)];
                    }

                    y[i] = sum * 0.0213f * sb.As<float>().Span[i % 5];
                }

                Tensor real = Elements.From(ElementType.Float32, [4, 5], y);
                var op = new O.QGemm(1, transposed, transposed);
                yield return new($"QGemm {type} transposed {transposed}", op, [a, sa, za, b, sb, zb, c, sy, zy], Quantize(real, sy, zy));
                yield return new($"QGemm {type} transposed {transposed} to float", op, [a, sa, za, b, sb, zb, c], real);
                if (!transposed)
                {
                    Tensor bias = Tensor.Vector(0.5f, -1f, 2f, 0f, 3f);
                    double[] without = [.. y.Select((v, i) => v - (Elements.Of(c)[i % 5] * 0.0213f * sb.As<float>().Span[i % 5]) + Elements.Of(bias)[i % 5])];
                    yield return new(
                        $"MatMulIntegerToFloat {type}", new O.MatMulIntegerToFloat(), [a, b, sa, sb, za, zb, bias], Elements.From(ElementType.Float32, [4, 5], without));
                }
            }
        }
    }

    private static (Tensor Scale, Tensor Zero) Parameters(float scale, ElementType type, int zero) =>
        (Tensor.Scalar(scale), type == ElementType.Int8 ? Tensor.Scalar((sbyte)zero) : Tensor.Scalar((byte)Math.Abs(zero)));

    private static Tensor Bytes(Random random, ElementType type, int[] shape)
    {
        Tensor x = Tensor.Create(type, new Shape(shape));
        random.NextBytes(x.Bytes);
        return x;
    }

    private static Tensor Dequantize(Tensor x, Tensor scale, Tensor? zero) =>
        Elements.From(ElementType.Float64, x.Shape, [.. Elements.Of(x).Select(v => (v - (zero is null ? 0 : Elements.Of(zero)[0])) * Elements.Of(scale)[0])]);

    private static Tensor Quantize(Tensor x, Tensor scale, Tensor zero)
    {
        (double least, double greatest) = zero.ElementType == ElementType.Int8 ? (-128, 127) : (0, 255);
        return Elements.From(zero.ElementType, x.Shape, [.. Elements.Of(x).Select(v => Math.Clamp(Math.Round(v / Elements.Of(scale)[0]) + Elements.Of(zero)[0], least, greatest))]);
    }

    private static Tensor Softmax(Tensor x, int size, int inner)
    {
        double[] powers = [.. Elements.Of(x).Select(Math.Exp)];
        double[] y = new double[powers.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int start = (i / (size * inner) * size * inner) + (i % inner);
            y[i] = powers[i] / Enumerable.Range(0, size).Sum(j => powers[start + (j * inner)]);
        }

        return Elements.From(ElementType.Float64, x.Shape, y);
    }
}

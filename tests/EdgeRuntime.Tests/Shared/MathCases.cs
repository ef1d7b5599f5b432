using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of element-wise functions, logic and operations on bits.</summary>
internal static class MathCases
{
    private static readonly ElementType[] IntegerTypes =
    [
        ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64, ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64,
    ];

    public static IReadOnlyList<OperatorCase> All { get; } = [.. Functions(), .. Determinants(), .. Predicates(), .. Logic(), .. Bits(), .. Remainders()];

    private static IEnumerable<OperatorCase> Determinants()
    {
        var random = new RandomTensors(16);
        foreach (int size in new[] { 1, 2, 3, 4 })
        {
            Tensor x = random.Float(2, 3, size, size);
            yield return new($"Det {size}", new O.Det(), [x], Elements.From(ElementType.Float32, [2, 3], [.. Elements.Of(x).Chunk(size * size).Select(matrix => Laplace(matrix, size))]));
        }

        Tensor wide = random.Double(5, 5);
        yield return new("Det float64", new O.Det(), [wide], Tensor.Scalar(Laplace(Elements.Of(wide), 5))) { OnnxRuntimeGap = "runs float32 only" };
        yield return new("Det that needs its rows exchanged", new O.Det(), [Tensor.From([3, 3], 0f, 2, 1, 1, 0, 0, 0, 1, 3)], Tensor.Scalar(-5f));
        yield return new("Det of a singular matrix", new O.Det(), [Tensor.From([2, 2], 1f, 2, 2, 4)], Tensor.Scalar(0f));
        yield return new("Det without rows", new O.Det(), [new Tensor<float>([2, 0, 0])], Tensor.Vector(1f, 1f)) { OnnxRuntimeGap = "takes no empty matrix" };
    }

    // Along the first row.
    private static double Laplace(double[] matrix, int size) => size == 0 ? 1 : Enumerable.Range(0, size).Sum(column =>
        (column % 2 == 0 ? 1 : -1) * matrix[column] * Laplace([.. matrix.Skip(size).Where((_, i) => i % size != column)], size - 1));

    private static IEnumerable<OperatorCase> Functions()
    {
        var random = new RandomTensors(11);
        (Operator Op, Func<double, double> F)[] functions =
        [
            (new O.Acos(), x => Math.Acos(x / 2)), (new O.Acosh(), x => Math.Acosh(Math.Abs(x) + 1)), (new O.Asin(), x => Math.Asin(x / 2)), (new O.Asinh(), Math.Asinh),
            (new O.Atan(), Math.Atan), (new O.Atanh(), x => Math.Atanh(x / 2.5)), (new O.Cos(), Math.Cos), (new O.Cosh(), Math.Cosh),
            (new O.Mish(), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))), (new O.Round(), x => Math.Round(x, MidpointRounding.ToEven)),
            (new O.Shrink(0.25f, 0.5f), x => x < -0.5 ? x + 0.25 : x > 0.5 ? x - 0.25 : 0), (new O.Sin(), Math.Sin), (new O.Sinh(), Math.Sinh),
            (new O.Softsign(), x => x / (1 + Math.Abs(x))), (new O.Swish(1.5f), x => x / (1 + Math.Exp(-1.5 * x))), (new O.Tan(), Math.Tan),
            (new O.ThresholdedRelu(0.5f), x => x > 0.5 ? x : 0),
        ];
        foreach ((Operator op, Func<double, double> f) in functions)
        {
            // The inverse functions get arguments of their domain, and the reference the same.
            Func<double, double> domain = op switch { O.Acos or O.Asin => x => x / 2, O.Acosh => x => Math.Abs(x) + 1, O.Atanh => x => x / 2.5, _ => x => x };
            Tensor x = random.Float(3, 37);
            Tensor wide = random.Double(5, 7);
            yield return new($"{op.OpType} float32", op, [Reference.Map(x, domain)], Reference.Map(x, f));
            yield return new($"{op.OpType} float64", op, [Reference.Map(wide, domain)], Reference.Map(wide, f));
        }

        Tensor special = Tensor.Vector(float.NaN, float.PositiveInfinity, 0f, -0f, 100f, -100f);
        yield return new("Mish at the ends of its range", new O.Mish(), [special], Tensor.Vector(float.NaN, float.PositiveInfinity, 0f, -0f, 100f, 0f));
        yield return new("Swish at the ends of its range", new O.Swish(), [special], Tensor.Vector(float.NaN, float.PositiveInfinity, 0f, -0f, 100f, 0f));
        yield return new("Asin outside of its domain", new O.Asin(), [Tensor.Vector(1.5f, -2f, 1f)], Tensor.Vector(float.NaN, float.NaN, (float)(Math.PI / 2)));
        yield return new("Acosh outside of its domain", new O.Acosh(), [Tensor.Vector(0.5f, 1f)], Tensor.Vector(float.NaN, 0f));
        yield return new("Atanh at its poles", new O.Atanh(), [Tensor.Vector(1f, -1f, 2f)], Tensor.Vector(float.PositiveInfinity, float.NegativeInfinity, float.NaN));
        yield return new("Sin of large numbers", new O.Sin(), [Tensor.Vector(1e6f, -12345.678f)], Tensor.Vector((float)Math.Sin(1e6f), (float)Math.Sin(-12345.678f)));
        yield return new("Round of halves", new O.Round(), [Tensor.Vector(0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f)], Tensor.Vector(0f, 2f, 2f, -0f, -2f, -2f));
        yield return new("Shrink int32", new O.Shrink(1f, 1.5f), [Tensor.Vector(-3, -1, 0, 1, 2)], Tensor.Vector(-2, 0, 0, 0, 1));
        yield return new("Cos of nothing", new O.Cos(), [new Tensor<float>([0, 4])], new Tensor<float>([0, 4]));
    }

    private static IEnumerable<OperatorCase> Predicates()
    {
        float[] values = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -1f];
        Tensor wide = Tensor.Vector(Array.ConvertAll(values, x => (double)x));
        yield return new("IsNaN float32", new O.IsNaN(), [Tensor.Vector(values)], Tensor.Vector(true, false, false, false, false));
        yield return new("IsNaN float64", new O.IsNaN(), [wide], Tensor.Vector(true, false, false, false, false));
        yield return new("IsInf float32", new O.IsInf(), [Tensor.Vector(values)], Tensor.Vector(false, true, true, false, false));
        yield return new("IsInf float64", new O.IsInf(), [wide], Tensor.Vector(false, true, true, false, false));
        yield return new("IsInf positive", new O.IsInf(DetectNegative: false), [Tensor.Vector(values)], Tensor.Vector(false, true, false, false, false));
        yield return new("IsInf negative", new O.IsInf(DetectPositive: false), [Tensor.Vector(values)], Tensor.Vector(false, false, true, false, false));
    }

    private static IEnumerable<OperatorCase> Logic()
    {
        var random = new RandomTensors(12);
        (Operator Op, Func<double, double, double> F)[] functions = [(new O.And(), (x, y) => x * y), (new O.Or(), Math.Max), (new O.Xor(), (x, y) => Math.Abs(x - y))];
        foreach ((Operator op, Func<double, double, double> f) in functions)
        {
            foreach ((int[] x, int[] y) in new (int[], int[])[] { ([3, 4], [3, 4]), ([3, 4, 5], [5]), ([3, 1], [1, 4]), ([], [2, 2]), ([0, 2], [2]) })
            {
                (Tensor a, Tensor b) = (random.Bool(x), random.Bool(y));
                yield return new($"{op.OpType} {a.Shape} {b.Shape}", op, [a, b], Reference.Zip(a, b, f));
            }
        }
    }

    private static IEnumerable<OperatorCase> Bits()
    {
        double[] left = [0, 1, 5, 12, 100, 127];
        double[] right = [3, 1, 4, 10, 7, 0];
        (Operator Op, Func<long, long, long> F)[] functions = [(new O.BitwiseAnd(), (x, y) => x & y), (new O.BitwiseOr(), (x, y) => x | y), (new O.BitwiseXor(), (x, y) => x ^ y)];
        foreach (ElementType type in IntegerTypes)
        {
            (Tensor a, Tensor b) = (Elements.From(type, [2, 3], left), Elements.From(type, [2, 3], right));
            foreach ((Operator op, Func<long, long, long> f) in functions)
            {
                yield return new($"{op.OpType} {type}", op, [a, b], Reference.Zip(a, b, (x, y) => f((long)x, (long)y)));
            }
        }

        yield return new("BitwiseAnd broadcast", new O.BitwiseAnd(), [Tensor.From([2, 1], 6, -1), Tensor.Vector(3, 5)], Tensor.From([2, 2], 2, 4, 3, 5));
        yield return new("BitwiseNot int32", new O.BitwiseNot(), [Tensor.Vector(0, -1, 5)], Tensor.Vector(-1, 0, -6));
        yield return new("BitwiseNot uint8", new O.BitwiseNot(), [Tensor.Vector<byte>(0, 255, 5)], Tensor.Vector<byte>(255, 0, 250));
        yield return new("BitShift left uint8", new O.BitShift(true), [Tensor.Vector<byte>(1, 255, 3), Tensor.Vector<byte>(7, 1, 0)], Tensor.Vector<byte>(128, 254, 3));
        yield return new("BitShift right uint32", new O.BitShift(false), [Tensor.Vector<uint>(16, uint.MaxValue, 3), Tensor.Scalar(1u)], Tensor.Vector<uint>(8, int.MaxValue, 1));
        yield return new("BitShift right uint64", new O.BitShift(false), [Tensor.Vector(ulong.MaxValue, 8UL), Tensor.Vector(63UL, 3UL)], Tensor.Vector(1UL, 1UL));
    }

    private static IEnumerable<OperatorCase> Remainders()
    {
        double[] x = [7, 7, 5, 6, 0, 9];
        double[] y = [3, 4, 5, 1, 2, 4];
        foreach (ElementType type in IntegerTypes)
        {
            (Tensor a, Tensor b) = (Elements.From(type, [6], x), Elements.From(type, [6], y));
            yield return new($"Mod {type}", new O.Mod(), [a, b], Reference.Zip(a, b, (p, q) => p % q));
        }

        yield return new("Mod of the divisor's sign", new O.Mod(), [Tensor.Vector(-4, 7, -7, 7), Tensor.Vector(3, -3, -3, -7)], Tensor.Vector(2, -2, -1, 0));
        yield return new("Mod of the dividend's sign", new O.Mod(Fmod: true), [Tensor.Vector(-4, 7, -7, 7), Tensor.Vector(3, -3, -3, -7)], Tensor.Vector(-1, 1, -1, 0));
        yield return new("Mod float32", new O.Mod(Fmod: true), [Tensor.Vector(-4.3f, 7.2f, 5f), Tensor.Vector(2.1f, -3.4f, 8f)], Tensor.Vector(-4.3f % 2.1f, 7.2f % -3.4f, 5f));
        yield return new("Mod float64", new O.Mod(Fmod: true), [Tensor.From([2, 1], -4.3, 7.2), Tensor.Vector(2.1, 3.4)], Tensor.From([2, 2], -4.3 % 2.1, -4.3 % 3.4, 7.2 % 2.1, 7.2 % 3.4));
    }
}

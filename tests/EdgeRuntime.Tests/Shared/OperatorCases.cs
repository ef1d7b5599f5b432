using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of every operator. Checked against <see cref="Reference"/> here, and run on ONNX Runtime by that backend's tests.</summary>
internal static class OperatorCases
{
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        .. Unary(),
        .. Binary(),
        .. Variadic(),
        .. Shapes(),
        .. Selections(),
        .. Products(),
        .. Reductions(),
        .. Casts(),
        .. AttentionCases.All,
        .. ContribCases.All,
        .. IndexCases.All,
        .. MathCases.All,
        .. MovementCases.All,
        .. NetworkCases.All,
        .. NormalizationCases.All,
        .. RecurrentCases.All,
        .. ReductionCases.All,
        .. SignalCases.All,
        .. SpatialCases.All,
        .. TextCases.All,
        .. TrainingCases.All,
    ];

    public static OperatorCase Get(string name) => All.Single(@case => @case.Name == name);

    private static IEnumerable<OperatorCase> Unary()
    {
        var random = new RandomTensors(1);
        (Operator Op, Func<double, double> F, bool Positive)[] functions =
        [
            (new O.Abs(), Math.Abs, false),
            (new O.Ceil(), Math.Ceiling, false),
            (new O.Celu(0.7f), x => x > 0 ? x : 0.7f * (Math.Exp(x / 0.7f) - 1), false),
            (new O.Elu(0.7f), x => x > 0 ? x : 0.7f * (Math.Exp(x) - 1), false),
            (new O.Erf(), Erf, false),
            (new O.Exp(), Math.Exp, false),
            (new O.Floor(), Math.Floor, false),
            (new O.Gelu(), x => x / 2 * (1 + Erf(x / Math.Sqrt(2))), false),
            (new O.HardSigmoid(0.3f, 0.4f), x => Math.Clamp((0.3f * x) + 0.4f, 0, 1), false),
            (new O.HardSwish(), x => x * Math.Clamp((x / 6) + 0.5, 0, 1), false),
            (new O.Identity(), x => x, false),
            (new O.LeakyRelu(0.2f), x => x > 0 ? x : 0.2f * x, false),
            (new O.Log(), Math.Log, true),
            (new O.Neg(), x => -x, false),
            (new O.Reciprocal(), x => 1 / x, true),
            (new O.Relu(), x => Math.Max(0, x), false),
            (new O.Selu(), x => 1.05070102214813232421875 * (x > 0 ? x : 1.67326319217681884765625 * (Math.Exp(x) - 1)), false),
            (new O.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), false),
            (new O.Sign(), x => Math.Sign(x), false),
            (new O.Softplus(), x => Math.Log(1 + Math.Exp(x)), false),
            (new O.Sqrt(), Math.Sqrt, true),
            (new O.Tanh(), Math.Tanh, false),
        ];
        foreach ((Operator op, Func<double, double> f, bool positive) in functions)
        {
            Tensor x = positive ? random.Positive(3, 37) : random.Float(3, 37);
            yield return new($"{op.OpType} float32", op, [x], Reference.Map(x, f));
            Tensor empty = random.Float(0, 4);
            yield return new($"{op.OpType} of nothing", op, [empty], empty);
            if (op is not (O.Softplus or O.Elu or O.LeakyRelu or O.Celu or O.HardSigmoid or O.Selu))
            {
                Tensor wide = positive ? Reference.Map(random.Double(5, 7), y => Math.Abs(y) + 0.1) : random.Double(5, 7);
                yield return new($"{op.OpType} float64", op, [wide], Reference.Map(wide, f));
            }
        }

        Tensor gelu = random.Float(3, 37);
        yield return new("Gelu tanh", new O.Gelu(TanhApproximation: true), [gelu], Reference.Map(gelu, x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))));
        Tensor integers = random.Int(4, 9);
        yield return new("Abs int32", new O.Abs(), [integers], Reference.Map(integers, Math.Abs));
        yield return new("Neg int32", new O.Neg(), [integers], Reference.Map(integers, x => -x));
        yield return new("Relu int32", new O.Relu(), [integers], Reference.Map(integers, x => Math.Max(0, x)));
        yield return new("Sign int32", new O.Sign(), [integers], Reference.Map(integers, x => Math.Sign(x)));
        Tensor bits = random.Bool(4, 9);
        yield return new("Not", new O.Not(), [bits], Reference.Map(bits, x => 1 - x));
        Tensor special = Tensor.Vector(float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 100f, -100f);
        foreach ((Operator op, Func<double, double> f) in new (Operator, Func<double, double>)[]
        {
            (new O.Relu(), x => double.IsNaN(x) ? x : Math.Max(0, x)), (new O.Sigmoid(), x => 1 / (1 + Math.Exp(-x))), (new O.Tanh(), Math.Tanh),
            (new O.Softplus(), x => x > 30 ? x : Math.Log(1 + Math.Exp(x))), (new O.Erf(), Erf), (new O.Elu(), x => x > 0 ? x : Math.Exp(x) - 1),
        })
        {
            yield return new($"{op.OpType} at the ends of its range", op, [special], Reference.Map(special, f));
        }
    }

    private static IEnumerable<OperatorCase> Binary()
    {
        var random = new RandomTensors(2);
        (Operator Op, Func<double, double, double> F, bool Compares)[] functions =
        [
            (new O.Add(), (x, y) => x + y, false),
            (new O.Sub(), (x, y) => x - y, false),
            (new O.Mul(), (x, y) => x * y, false),
            (new O.Div(), (x, y) => x / y, false),
            (new O.Equal(), (x, y) => x == y ? 1 : 0, true),
            (new O.Greater(), (x, y) => x > y ? 1 : 0, true),
            (new O.GreaterOrEqual(), (x, y) => x >= y ? 1 : 0, true),
            (new O.Less(), (x, y) => x < y ? 1 : 0, true),
            (new O.LessOrEqual(), (x, y) => x <= y ? 1 : 0, true),
        ];
        (int[] X, int[] Y)[] shapes = [([4, 5], [4, 5]), ([2, 3, 4], [4]), ([2, 3, 4], [3, 1]), ([3, 1], [1, 4]), ([5], []), ([], [2, 2]), ([1, 6], [0, 6]), ([2, 1, 3, 1], [5, 1, 4])];
        foreach ((Operator op, Func<double, double, double> f, bool compares) in functions)
        {
            foreach ((int[] x, int[] y) in shapes)
            {
                Tensor a = random.Float(x);
                Tensor b = random.Float(y);
                yield return new($"{op.OpType} {a.Shape} {b.Shape}", op, [a, b], Reference.Zip(compares ? ElementType.Bool : a.ElementType, a, b, f));
            }

            foreach ((Tensor a, Tensor b) in new (Tensor, Tensor)[]
            {
                (random.Double(3, 4), random.Double(4)),
                (random.Int(3, 4), Reference.Map(random.Int(4), x => (2 * x) + 1)),
                (random.Long(3, 4), Reference.Map(random.Long(3, 1), x => (2 * x) + 1)),
            })
            {
                Func<double, double, double> exact = op is O.Div && a.ElementType != ElementType.Float64 ? (x, y) => Math.Truncate(x / y) : f;
                yield return new($"{op.OpType} {a.ElementType}", op, [a, b], Reference.Zip(compares ? ElementType.Bool : a.ElementType, a, b, exact));
            }
        }

        Tensor words = Tensor.Vector("a", "b", "");
        yield return new("Equal string", new O.Equal(), [words, Tensor.Scalar("b")], Tensor.Vector(false, true, false));
        yield return new("Equal bool", new O.Equal(), [Tensor.Vector(true, false), Tensor.Vector(true, true)], Tensor.Vector(true, false));
        Tensor bases = random.Positive(3, 5);
        Tensor powers = random.Float(5);
        yield return new("Pow float32", new O.Pow(), [bases, powers], Reference.Zip(bases, powers, Math.Pow));
        yield return new("Pow square", new O.Pow(), [random.Float(3, 5) is var x2 ? x2 : x2, Tensor.Scalar(2f)], Reference.Map(x2, v => v * v));
        Tensor whole = random.Int(3, 5);
        yield return new("Pow int32 to int64", new O.Pow(), [whole, Tensor.Scalar(3L)], Reference.Map(whole, v => v * v * v));
        Tensor slope = random.Float(1, 4);
        Tensor z = random.Float(3, 4);
        yield return new("PRelu", new O.PRelu(), [z, slope], Reference.Zip(z, slope, (v, s) => v < 0 ? v * s : v));
        yield return new("Where", new O.Where(), [random.Bool(3, 1) is var c ? c : c, z, slope], Reference.Where(c, z, slope));
        yield return new("Where int64", new O.Where(), [random.Bool(2, 3) is var d ? d : d, random.Long(3) is var p ? p : p, random.Long(2, 3) is var q ? q : q], Reference.Where(d, p, q));
        yield return new("Clip", new O.Clip(), [z, Tensor.Scalar(-0.5f), Tensor.Scalar(0.75f)], Reference.Map(z, v => Math.Clamp(v, -0.5f, 0.75f)));
        yield return new("Clip below", new O.Clip(), [z, Tensor.Scalar(-0.5f)], Reference.Map(z, v => Math.Max(v, -0.5f)));
        yield return new("Clip above", new O.Clip(), [z, null, Tensor.Scalar(0.5f)], Reference.Map(z, v => Math.Min(v, 0.5f)));
        yield return new("Clip int32", new O.Clip(), [whole, Tensor.Scalar(-2), Tensor.Scalar(3)], Reference.Map(whole, v => Math.Clamp(v, -2, 3)));
    }

    private static IEnumerable<OperatorCase> Variadic()
    {
        var random = new RandomTensors(3);
        Tensor a = random.Float(3, 1, 4);
        Tensor b = random.Float(2, 1);
        Tensor c = random.Float(4);
        Tensor sum = Reference.Zip(Reference.Zip(a, b, (x, y) => x + y), c, (x, y) => x + y);
        yield return new("Sum of three", new O.Sum(), [a, b, c], sum);
        yield return new("Sum of one", new O.Sum(), [a], a);
        yield return new("Mean of three", new O.Mean(), [a, b, c], Reference.Map(sum, x => x / 3));
        yield return new("Max of three", new O.Max(), [a, b, c], Reference.Zip(Reference.Zip(a, b, Math.Max), c, Math.Max));
        yield return new("Min of three", new O.Min(), [a, b, c], Reference.Zip(Reference.Zip(a, b, Math.Min), c, Math.Min));
        Tensor i = random.Int(3, 4);
        Tensor j = random.Int(4);
        yield return new("Max int32", new O.Max(), [i, j], Reference.Zip(i, j, Math.Max));
        yield return new("Min int32", new O.Min(), [i, j], Reference.Zip(i, j, Math.Min));
        Tensor nan = Tensor.Vector(float.NaN, 1f, 2f, float.NaN);
        Tensor other = Tensor.Vector(1f, float.NaN, 3f, float.NaN);
        yield return new("Max with NaN", new O.Max(), [nan, other], Tensor.Vector(float.NaN, float.NaN, 3f, float.NaN));
        yield return new("Min with NaN", new O.Min(), [nan, other], Tensor.Vector(float.NaN, float.NaN, 2f, float.NaN));
    }

    private static IEnumerable<OperatorCase> Shapes()
    {
        var random = new RandomTensors(4);
        Tensor x = random.Float(2, 3, 4);
        yield return new("Reshape", new O.Reshape(), [x, Tensor.Vector(0L, -1L)], x.Reshape([2, 12]));
        yield return new("Reshape to nothing", new O.Reshape(AllowZero: true), [random.Float(0, 3) is var e ? e : e, Tensor.Vector(3L, 0L)], e.Reshape([3, 0]));
        yield return new("Flatten", new O.Flatten(2), [x], x.Reshape([6, 4]));
        yield return new("Flatten all", new O.Flatten(0), [x], x.Reshape([1, 24]));
        yield return new("Squeeze", new O.Squeeze(), [x.Reshape([2, 1, 12, 1]), Tensor.Vector(-1L)], x.Reshape([2, 1, 12]));
        yield return new("Squeeze all", new O.Squeeze(), [x.Reshape([2, 1, 12, 1])], x.Reshape([2, 12]));
        yield return new("Unsqueeze", new O.Unsqueeze(), [x, Tensor.Vector(0L, -1L)], x.Reshape([1, 2, 3, 4, 1]));
        yield return new("Shape", new O.Shape(), [x], Tensor.Vector(2L, 3L, 4L));
        yield return new("Shape of a range", new O.Shape(-2, -1), [x], Tensor.Vector(3L));
        yield return new("Transpose", new O.Transpose(new IntList(2, 0, 1)), [x], Reference.Transpose(x, 2, 0, 1));
        yield return new("Transpose reversed", new O.Transpose(), [x], Reference.Transpose(x, 2, 1, 0));
        yield return new("Transpose inner", new O.Transpose(new IntList(0, 2, 1)), [x], Reference.Transpose(x, 0, 2, 1));
        yield return new("Transpose matrix", new O.Transpose(), [random.Float(37, 53) is var m ? m : m], Reference.Transpose(m, 1, 0));
        yield return new("Transpose string", new O.Transpose(), [Tensor.From([2, 2], "a", "b", "c", "d")], Tensor.From([2, 2], "a", "c", "b", "d"));
        yield return new("Expand", new O.Expand(), [random.Float(3, 1) is var n ? n : n, Tensor.Vector(2L, 1L, 4L)], Reference.Build(n.ElementType, [2, 3, 4], i => Elements.Of(n)[i[1]]));
        yield return new("Constant", new O.Constant(x), [], x);
    }

    private static IEnumerable<OperatorCase> Selections()
    {
        var random = new RandomTensors(5);
        Tensor x = random.Float(4, 5, 6);
        double[] v = Elements.Of(x);
        yield return new("Slice", new O.Slice(), [x, Tensor.Vector(1L, 2L), Tensor.Vector(3L, 100L), Tensor.Vector(0L, -1L)], Reference.Build(x.ElementType, [2, 5, 4], i => v[((((i[0] + 1) * 5) + i[1]) * 6) + i[2] + 2]));
        yield return new(
            "Slice backwards", new O.Slice(), [x, Tensor.Vector(-1L), Tensor.Vector(long.MinValue), Tensor.Vector(1L), Tensor.Vector(-2L)],
            Reference.Build(x.ElementType, [4, 3, 6], i => v[(((i[0] * 5) + 4 - (2 * i[1])) * 6) + i[2]]));
        yield return new("Slice of nothing", new O.Slice(), [x, Tensor.Vector(3L), Tensor.Vector(1L)], new Tensor<float>([0, 5, 6]));
        yield return new("Slice int32 bounds", new O.Slice(), [x, Tensor.Vector(1), Tensor.Vector(2)], Reference.Build(x.ElementType, [1, 5, 6], i => v[((5 + i[1]) * 6) + i[2]]));
        long[] indices = [0, -1, 2, 2, -3, 1];
        yield return new("Gather", new O.Gather(1), [x, Tensor.From([2, 3], indices)], Reference.Gather(x, indices, [2, 3], 1));
        yield return new("Gather scalar", new O.Gather(0), [x, Tensor.Scalar(2L)], Reference.Gather(x, [2], [], 0));
        yield return new("Gather int32", new O.Gather(-1), [x, Tensor.Vector(3, -1)], Reference.Gather(x, [3, -1], [2], 2));
        yield return new("Gather string", new O.Gather(0), [Tensor.Vector("a", "b", "c"), Tensor.Vector(2L, 0L)], Tensor.Vector("c", "a"));
        Tensor y = random.Float(4, 2, 6);
        double[] w = Elements.Of(y);
        yield return new("Concat", new O.Concat(1), [x, y], Reference.Build(x.ElementType, [4, 7, 6], i => i[1] < 5 ? v[(((i[0] * 5) + i[1]) * 6) + i[2]] : w[(((i[0] * 2) + i[1] - 5) * 6) + i[2]]));
        yield return new("Concat int64", new O.Concat(-1), [Tensor.Vector(1L), Tensor.Vector(2L, 3L)], Tensor.Vector(1L, 2L, 3L));
        yield return new("Dropout", new O.Dropout(), [x], x);
        foreach (bool last in new[] { false, true })
        {
            Tensor ties = random.Int(4, 5, 6);
            yield return new($"ArgMax select last {last}", new O.ArgMax(1, true, last), [ties], Reference.Arg(ties, 1, true, (a, b) => a > b, last));
            yield return new($"ArgMin select last {last}", new O.ArgMin(-1, false, last), [ties], Reference.Arg(ties, 2, false, (a, b) => a < b, last));
        }

        yield return new("ArgMax float32", new O.ArgMax(2), [x], Reference.Arg(x, 2, true, (a, b) => a > b, false));
    }

    private static IEnumerable<OperatorCase> Products()
    {
        var random = new RandomTensors(6);
        (int[] A, int[] B)[] shapes = [([3, 4], [4, 5]), ([2, 3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]), ([2, 1, 3, 4], [5, 4, 2]), ([4], [4, 5]), ([3, 4], [4]), ([4], [4]), ([0, 4], [4, 5]), ([3, 0], [0, 2])];
        foreach ((int[] a, int[] b) in shapes)
        {
            Tensor x = random.Float(a);
            Tensor y = random.Float(b);
            yield return new($"MatMul {x.Shape} {y.Shape}", new O.MatMul(), [x, y], Reference.MatMul(x, y));
        }

        (Tensor p, Tensor q) = (random.Double(3, 4), random.Double(4, 2));
        yield return new("MatMul float64", new O.MatMul(), [p, q], Reference.MatMul(p, q));
        (Tensor r, Tensor s) = (random.Int(3, 4), random.Int(4, 2));
        yield return new("MatMul int32", new O.MatMul(), [r, s], Reference.MatMul(r, s));
        foreach (bool transA in new[] { false, true })
        {
            foreach (bool transB in new[] { false, true })
            {
                Tensor a = transA ? random.Float(6, 7) : random.Float(7, 6);
                Tensor b = transB ? random.Float(5, 6) : random.Float(6, 5);
                foreach (int[]? shape in new int[]?[] { null, [5], [1, 5], [7, 5], [7, 1], [], [1] })
                {
                    Tensor? c = shape is null ? null : random.Float(shape);
                    yield return new(
                        $"Gemm transA {transA} transB {transB} C {c?.Shape.ToString() ?? "none"}", new O.Gemm(0.5f, 2f, transA, transB),
                        c is null ? [a, b] : [a, b, c], Reference.Gemm(a, b, c, 0.5, 2, transA, transB));
                }
            }
        }

        (Tensor d, Tensor e, Tensor f) = (random.Double(3, 4), random.Double(4, 2), random.Double(2));
        yield return new("Gemm float64", new O.Gemm(), [d, e, f], Reference.Gemm(d, e, f, 1, 1, false, false));
        foreach (int axis in new[] { -1, 0, 1 })
        {
            Tensor x = random.Float(3, 4, 5);
            yield return new($"Softmax axis {axis}", new O.Softmax(axis), [x], Reference.Softmax(x, axis < 0 ? 2 : axis, log: false));
            yield return new($"LogSoftmax axis {axis}", new O.LogSoftmax(axis), [x], Reference.Softmax(x, axis < 0 ? 2 : axis, log: true));
        }
    }

    private static IEnumerable<OperatorCase> Reductions()
    {
        var random = new RandomTensors(7);
        int[][] axes = [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2], [0, 1]];
        foreach (bool keep in new[] { true, false })
        {
            foreach (int[] list in axes)
            {
                Tensor x = random.Float(3, 4, 5);
                Tensor named = Tensor.From([list.Length], Array.ConvertAll(list, axis => (long)axis));
                string text = $"{named.Length} of [{string.Join(',', list)}] keep {keep}";
                yield return new($"ReduceSum {text}", new O.ReduceSum(keep), [x, named], Reference.Reduce(x, list, keep, 0, (a, b) => a + b));
                yield return new($"ReduceMean {text}", new O.ReduceMean(keep), [x, named], Reference.Reduce(x, list, keep, 0, (a, b) => a + b, mean: true));
                yield return new($"ReduceMax {text}", new O.ReduceMax(keep), [x, named], Reference.Reduce(x, list, keep, double.NegativeInfinity, Math.Max));
                yield return new($"ReduceMin {text}", new O.ReduceMin(keep), [x, named], Reference.Reduce(x, list, keep, double.PositiveInfinity, Math.Min));
            }
        }

        Tensor y = random.Int(3, 4);
        yield return new("ReduceSum int32", new O.ReduceSum(false), [y, Tensor.Vector(-1L)], Reference.Reduce(y, [1], false, 0, (a, b) => a + b));
        yield return new("ReduceSum of all", new O.ReduceSum(), [y], Reference.Reduce(y, [0, 1], true, 0, (a, b) => a + b));
        yield return new("ReduceSum of nothing", new O.ReduceSum(), [new Tensor<float>([2, 0]), Tensor.Vector(1L)], new Tensor<float>([2, 1]));
        yield return new("ReduceSum without axes", new O.ReduceSum(true, NoopWithEmptyAxes: true), [y, new Tensor<long>([0])], y);
    }

    private static IEnumerable<OperatorCase> Casts()
    {
        ElementType[] types =
        [
            ElementType.Float32, ElementType.Float64, ElementType.Float16, ElementType.Int8, ElementType.UInt8, ElementType.Int16, ElementType.UInt16,
            ElementType.Int32, ElementType.UInt32, ElementType.Int64, ElementType.UInt64, ElementType.Bool,
        ];
        double[] values = [0, 1, 2, 7, 100];
        foreach (ElementType from in types)
        {
            foreach (ElementType to in types)
            {
                Tensor x = Elements.From(from, [5], values);
                yield return new($"Cast {from} to {to}", new O.Cast(to), [x], Elements.From(to, [5], Elements.Of(x)));
            }
        }

        yield return new("Cast truncates", new O.Cast(ElementType.Int32), [Tensor.Vector(1.9f, -1.9f, -0.5f)], Tensor.Vector(1, -1, 0));
        yield return new("Cast wraps", new O.Cast(ElementType.UInt8), [Tensor.Vector(300, -1)], Tensor.Vector<byte>(44, 255));
        yield return new("Cast string to float32", new O.Cast(ElementType.Float32), [Tensor.Vector("1.5", "-2e3", "INF")], Tensor.Vector(1.5f, -2000f, float.PositiveInfinity));
        yield return new("Cast int64 to string", new O.Cast(ElementType.String), [Tensor.Vector(12L, -3L)], Tensor.Vector("12", "-3"));
    }

    // Σ over the Maclaurin series, which converges fast enough for the arguments here; beyond, erf is ±1.
    private static double Erf(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}

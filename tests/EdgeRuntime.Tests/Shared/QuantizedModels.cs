using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Models as quantizers write them: float32 in and out, DequantizeLinear and QuantizeLinear around each operator.</summary>
internal static class QuantizedModels
{
    private const string Q = "QuantizeLinear";
    private const string D = "DequantizeLinear";
    private const long OpsetOfGelu = 20;
    private const float In = 0.0157f;
    private const float Out = 0.0213f;

    public static IReadOnlyList<QuantizedModel> All { get; } =
    [
        .. Convolutions(), .. Products(), .. Movement(), .. Functions(), .. Others(),
    ];

    public static QuantizedModel Get(string name) => All.Single(model => model.Name == name);

    /// <summary>Asserts that numbers differ by a number of steps at most, and few of them.</summary>
    public static void AssertWithinSteps(Tensor expected, Tensor actual, double step)
    {
        const double Rounding = 1.001;
        double[] a = Elements.Of(expected);
        double[] b = Elements.Of(actual);
        Assert.Equal(expected.Shape, actual.Shape);
        int different = 0;
        for (int i = 0; i < a.Length; i++)
        {
            Assert.True(Math.Abs(a[i] - b[i]) <= step * Rounding, $"element {i}: expected {a[i]}, got {b[i]}, step {step}");
            different += Math.Abs(a[i] - b[i]) > step / 2 ? 1 : 0;
        }

        Assert.True(different <= 1 + (a.Length / 20), $"{different} of {a.Length} elements differ");
    }

    private static IEnumerable<QuantizedModel> Convolutions()
    {
        foreach (ElementType type in new[] { ElementType.Int8, ElementType.UInt8 })
        {
            foreach (bool perChannel in new[] { false, true })
            {
                yield return Conv($"Conv {(perChannel ? "per channel" : "per tensor")} {Text(type)}", type, perChannel, "steps", 0, "QLinearConv");
            }
        }

        yield return Conv("Conv with asymmetric weights", ElementType.UInt8, false, "steps", 7, "QLinearConv");
        yield return Conv("Conv without bias", ElementType.UInt8, true, "none", 0, "QLinearConv");
        yield return Conv("Conv with a bias in other steps", ElementType.UInt8, true, "other steps", 0, D, "Conv", Q);
        yield return Conv("Conv with a float bias", ElementType.Int8, true, "float", 0, "QLinearConv");
        yield return WithActivation("Conv and Relu whose range the codes imply", 0, "QLinearConv");
        yield return WithActivation("Conv and Relu whose range the codes do not imply", 40, "QLinearConv", "Table(Relu)");
    }

    private static QuantizedModel Conv(string name, ElementType type, bool perChannel, string bias, int weightZero, params string[] nodes)
    {
        var qdq = new Qdq(name);
        qdq.Builder.Input("x", "N", 3, 7, 8);
        string x = qdq.Pass("x", In, 100, type);
        string y = qdq.Builder.Node(new O.Conv([3, 3], [1, 2], [1, 1, 1, 1]), qdq.ConvInputs(x, perChannel, bias, weightZero));
        return qdq.End(qdq.Pass(y, Out, 120, type), Out, false, [Q, .. nodes, D]);
    }

    private static QuantizedModel WithActivation(string name, int zero, params string[] nodes)
    {
        var qdq = new Qdq(name);
        qdq.Builder.Input("x", "N", 3, 7, 8);
        string x = qdq.Pass("x", In, 100, ElementType.UInt8);
        string y = qdq.Builder.Node(new O.Relu(), qdq.Builder.Node(new O.Conv([3, 3]), qdq.ConvInputs(x, true, "steps", 0)));
        return qdq.End(qdq.Pass(y, Out, zero, ElementType.UInt8), Out, false, [Q, .. nodes, D]);
    }

    private static IEnumerable<QuantizedModel> Products()
    {
        foreach (bool isQuantized in new[] { true, false })
        {
            foreach (bool isGemm in new[] { true, false })
            {
                foreach (bool perColumn in new[] { true, false })
                {
                    var qdq = new Qdq($"{(isGemm ? "Gemm" : "MatMul")} {(perColumn ? "per column" : "per tensor")}{(isQuantized ? "" : " to float")}");
                    qdq.Builder.Input("x", "N", 12);
                    string x = qdq.Pass("x", In, 3, ElementType.Int8);
                    string w = qdq.Weights(isGemm ? [9, 12] : [12, 9], isGemm ? 0 : 1, perColumn, 0);
                    string y = isGemm ? qdq.Builder.Node(new O.Gemm(TransB: true), x, w, qdq.Bias(9, perColumn, 1)) : qdq.Builder.Node(new O.MatMul(), x, w);
                    yield return isQuantized
                        ? qdq.End(qdq.Pass(y, Out, -5, ElementType.Int8), Out, false, [Q, isGemm ? "QGemm" : "QLinearMatMul", D])
                        : qdq.End(y, 1e-4, false, [Q, isGemm ? "QGemm" : "MatMulIntegerToFloat"], isFloat: true);
                }
            }
        }

        var turned = new Qdq("MatMul with weights behind a Transpose");
        turned.Builder.Input("x", "N", 12);
        string product = turned.Builder.Node(
            new O.MatMul(), turned.Pass("x", In, 3, ElementType.Int8), turned.Builder.Node(new O.Transpose([1, 0]), turned.Weights([9, 12], 0, true, 0)));
        yield return turned.End(turned.Pass(product, Out, -5, ElementType.Int8), Out, false, [Q, "QLinearMatMul", D]);

        var shared = new Qdq("Two MatMuls with shared weights");
        shared.Builder.Input("x", "N", 6);
        string weights = shared.Weights([6, 6], 1, true, 0);
        string first = shared.Pass(shared.Builder.Node(new O.MatMul(), shared.Pass("x", In, 3, ElementType.Int8), weights), Out, 0, ElementType.Int8);
        yield return shared.End(shared.Pass(shared.Builder.Node(new O.MatMul(), first, weights), Out, 0, ElementType.Int8), 2 * Out, false, [Q, "QLinearMatMul", "QLinearMatMul", D]);
    }

    private static IEnumerable<QuantizedModel> Movement()
    {
        (Operator Op, Tensor[] Others)[] movers =
        [
            (new O.Reshape(), [Tensor.Vector(2L, -1L)]), (new O.Flatten(1), []), (new O.Transpose([0, 2, 3, 1]), []), (new O.Unsqueeze(), [Tensor.Vector(1L)]),
            (new O.Slice(), [Tensor.Vector(1L), Tensor.Vector(5L), Tensor.Vector(2L)]), (new O.Gather(2), [Tensor.Vector(3L, 0L, 5L)]), (new O.Tile(), [Tensor.Vector(1L, 2L, 1L, 1L)]),
            (new O.Expand(), [Tensor.Vector(5L, 1L, 1L, 1L, 1L)]), (new O.MaxPool([2, 2], [2, 2], [1, 0, 1, 0]), []), (new O.ReduceMax(), [Tensor.Vector(2L, 3L)]), (new O.ReduceMin(), [Tensor.Vector(1L)]),
            (new O.Resize(O.ResizeMode.Nearest), [Tensor.Vector<float>(), Tensor.Vector(1f, 1f, 2f, 2f)]),
        ];
        foreach ((Operator op, Tensor[] others) in movers)
        {
            string opType = op.OpType;
            var qdq = new Qdq(opType);
            yield return qdq.End(Moved(qdq, op, others, In), In, true, [Q, opType, D]);
            var other = new Qdq($"{opType} to another scale");
            yield return other.End(Moved(other, op, others, Out), Out, true, [Q, D, opType, Q, D]);
        }

        var linear = new Qdq("Resize linear");
        yield return linear.End(Moved(linear, new O.Resize(O.ResizeMode.Linear), [Tensor.Vector<float>(), Tensor.Vector(1f, 1f, 2f, 2f)], In), In, true, [Q, D, "Resize", Q, D]);

        var split = new Qdq("Split");
        split.Builder.Input("x", "N", 4, 5);
        split.Builder.Node(new O.Split(1), [split.Pass("x", In, 3, ElementType.Int8), split.Builder.Constant(Tensor.Vector(1L, 3L))], ["a", "b"]);
        split.Builder.Output(split.Pass("a", In, 3, ElementType.Int8));
        yield return split.End(split.Pass("b", In, 3, ElementType.Int8), In, true, [Q, "Split", D, D]);

        var ranked = new Qdq("ArgMax");
        ranked.Builder.Input("x", "N", 9);
        yield return ranked.End(ranked.Builder.Node(new O.ArgMax(1), ranked.Pass("x", In, 3, ElementType.Int8)), 0, true, [Q, "ArgMax"]);
    }

    private static string Moved(Qdq qdq, Operator op, Tensor[] others, float scale)
    {
        qdq.Builder.Input("x", 2, 3, 6, 6);
        string x = qdq.Pass("x", In, 100, ElementType.UInt8);
        string[] inputs = op is O.Slice
            ? [x, qdq.Builder.Constant(others[0]), qdq.Builder.Constant(others[1]), qdq.Builder.Constant(others[2])]
            : [x, .. others.Select(tensor => tensor.Length == 0 ? "" : qdq.Builder.Constant(tensor))];
        return qdq.Pass(qdq.Builder.Node(op, inputs), scale, 100, ElementType.UInt8);
    }

    private static IEnumerable<QuantizedModel> Functions()
    {
        foreach (Operator op in new Operator[] { new O.Sigmoid(), new O.Tanh(), new O.LeakyRelu(0.1f), new O.HardSwish(), new O.Elu(), new O.Relu(), new O.Gelu(), new O.Exp(), new O.Softplus() })
        {
            var qdq = new Qdq(op.OpType);
            qdq.Builder.Input("x", "N", 40);
            yield return qdq.End(qdq.Pass(qdq.Builder.Node(op, qdq.Pass("x", In, 100, ElementType.UInt8)), Out, 90, ElementType.UInt8), Out, true, [Q, $"Table({op.OpType})", D]);
        }

        var chain = new Qdq("A chain of functions");
        chain.Builder.Input("x", "N", 40);
        string y = chain.Builder.Node(new O.Clip(), chain.Builder.Node(new O.Tanh(), chain.Pass("x", In, 0, ElementType.Int8)), chain.Builder.Constant(Tensor.Scalar(-0.5f)));
        yield return chain.End(chain.Pass(y, Out, 0, ElementType.Int8), Out, true, [Q, "Table(Tanh+Clip)", D]);

        var twice = new Qdq("Quantized twice alike");
        twice.Builder.Input("x", "N", 40);
        yield return twice.End(twice.Pass(twice.Pass("x", In, 3, ElementType.Int8), In, 3, ElementType.Int8), In, true, [Q, D]);
        var other = new Qdq("Quantized twice");
        other.Builder.Input("x", "N", 40);
        yield return other.End(other.Pass(other.Pass("x", In, 3, ElementType.Int8), Out, 90, ElementType.UInt8), Out, true, [Q, "Table(Requantize)", D]);

        var normal = new Qdq("LpNormalization, which is no function of one element");
        normal.Builder.Input("x", 2, 9);
        yield return normal.End(normal.Pass(normal.Builder.Node(new O.LpNormalization(), normal.Pass("x", In, 3, ElementType.Int8)), Out, 0, ElementType.Int8), Out, true, [Q, D, "LpNormalization", Q, D]);
    }

    private static IEnumerable<QuantizedModel> Others()
    {
        foreach (Operator op in new Operator[] { new O.Add(), new O.Mul(), new O.Concat(1) })
        {
            var qdq = new Qdq(op.OpType);
            qdq.Builder.Input("x", "N", 5, 8).Input("z", "N", 5, 8);
            string y = qdq.Builder.Node(op, qdq.Pass("x", In, 100, ElementType.UInt8), qdq.Pass("z", 0.0191f, 140, ElementType.UInt8));
            yield return qdq.End(qdq.Pass(y, Out, 120, ElementType.UInt8), Out, op is O.Concat, [Q, Q, $"QLinear{op.OpType}", D]);
        }

        var join = new Qdq("Concat of one scale");
        join.Builder.Input("x", "N", 5).Input("z", "N", 3);
        yield return join.End(
            join.Pass(join.Builder.Node(new O.Concat(1), join.Pass("x", In, 9, ElementType.Int8), join.Pass("z", In, 9, ElementType.Int8)), In, 9, ElementType.Int8), In, true, [Q, Q, "Concat", D]);

        var where = new Qdq("Where");
        where.Builder.Input("c", ElementType.Bool, new SymbolicShape(2, 1)).Input("x", 2, 5).Input("z", 2, 5);
        yield return where.End(
            where.Pass(where.Builder.Node(new O.Where(), "c", where.Pass("x", In, 9, ElementType.Int8), where.Pass("z", 0.02f, 4, ElementType.Int8)), Out, 0, ElementType.Int8), Out, true, [Q, Q, "QLinearWhere", D]);

        foreach ((Operator op, string fused, bool isExact) in new (Operator, string, bool)[]
        {
            (new O.GlobalAveragePool(), "QLinearGlobalAveragePool", false), (new O.AveragePool([2, 3], [1, 2], [1, 0, 0, 1]), "QLinearAveragePool", true), (new O.Softmax(1), "QLinearSoftmax", false),
        })
        {
            var qdq = new Qdq(op.OpType);
            qdq.Builder.Input("x", "N", 3, 6, 7);
            yield return qdq.End(qdq.Pass(qdq.Builder.Node(op, qdq.Pass("x", In, 100, ElementType.UInt8)), 0.0041f, 60, ElementType.UInt8), 0.0041f, isExact, [Q, fused, D]);
        }

        var read = new Qdq("A result with a second reader stays float");
        read.Builder.Input("x", "N", 8);
        string sigmoid = read.Builder.Node(new O.Sigmoid(), read.Pass("x", In, 3, ElementType.Int8));
        read.Builder.Output(sigmoid);
        yield return read.End(read.Pass(sigmoid, Out, 0, ElementType.Int8), Out, true, [Q, D, "Sigmoid", Q, D]);
    }

    private static string Text(ElementType type) => type == ElementType.Int8 ? "int8" : "uint8";

    // Writes models.
    private sealed class Qdq(string name)
    {
        private readonly Random _random = new(name.Length);

        public ModelBuilder Builder { get; } = new();

        public string Pass(string value, float scale, int zero, ElementType type)
        {
            string s = Builder.Constant(Tensor.Scalar(scale));
            string z = Builder.Constant(Code(type, zero));
            return Builder.Node(new O.DequantizeLinear(), Builder.Node(new O.QuantizeLinear(), value, s, z), s, z);
        }

        public string Weights(int[] shape, int axis, bool perChannel, int zero)
        {
            var codes = new Tensor<sbyte>(new Shape(shape));
            for (int i = 0; i < codes.Length; i++)
            {
                codes.Span[i] = (sbyte)_random.Next(-127, 128);
            }

            int channels = shape[axis];
            string scale = Builder.Constant(perChannel ? Tensor.Vector([.. Enumerable.Range(0, channels).Select(ScaleOf)]) : Tensor.Scalar(ScaleOf(0)));
            string point = Builder.Constant(perChannel ? new Tensor<sbyte>([channels]) : Tensor.Scalar((sbyte)zero));
            return Builder.Node(new O.DequantizeLinear(axis), Builder.Constant(codes), scale, point);
        }

        public string Bias(int channels, bool perChannel, float factor)
        {
            var codes = new Tensor<int>([channels]);
            for (int i = 0; i < codes.Length; i++)
            {
                codes.Span[i] = _random.Next(-5000, 5000);
            }

            string scale = Builder.Constant(perChannel ? Tensor.Vector([.. Enumerable.Range(0, channels).Select(i => In * ScaleOf(i) * factor)]) : Tensor.Scalar(In * ScaleOf(0) * factor));
            return Builder.Node(new O.DequantizeLinear(0), Builder.Constant(codes), scale);
        }

        public string[] ConvInputs(string x, bool perChannel, string bias, int weightZero) =>
        [
            x, Weights([5, 3, 3, 3], 0, perChannel, weightZero),
            .. bias switch
            {
                "none" => Array.Empty<string>(),
                "float" => [Builder.Constant(new RandomTensors(3).Float(5))],
                _ => [Bias(5, perChannel, bias == "steps" ? 1 : 1.5f)],
            },
        ];

        public QuantizedModel End(string output, double step, bool isExact, string[] nodes, bool isFloat = false) =>
            new(name, Builder.Output(output).Build(OpsetOfGelu), nodes, step, isExact && !isFloat);

        private static float ScaleOf(int channel) => 0.0031f + (0.0007f * channel);

        private static Tensor Code(ElementType type, int zero) => type == ElementType.Int8 ? Tensor.Scalar((sbyte)Math.Min(zero, 127)) : Tensor.Scalar((byte)zero);
    }
}

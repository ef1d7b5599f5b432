using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using static Toolkit.EdgeRuntime.Tests.GraphText;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Models with subgraphs and sequences, and inputs for them.</summary>
internal static class ControlFlowCases
{
    // ONNX Runtime leaves a result unwritten that is a value too, and hands on the counter of a loop, not its value: each output is a node's own.
    private static readonly OnnxGraph Running = Graph("s e", "t u", Node(new Add(), "s e", "t"), Node(new Neg(), "t", "u"));

    public static IReadOnlyList<(string Name, OnnxModel Model, (string Name, Tensor Value)[][] Feeds)> All { get; } =
    [
        ("If on a fed condition", Model(
            [Scalar("c", ElementType.Bool), Floats("x", 2, 3)], "y",
            Node(new If(Graph("", "t", Node(new MatMul(), "x w", "t")), Graph("", "e", Node(new Softmax(-1), "x", "e"))), "c", "y")).With("w", Numbers(3, 3)),
            [[("c", Tensor.Scalar(true)), ("x", Numbers(2, 3))], [("c", Tensor.Scalar(false)), ("x", Numbers(2, 3))]]),
        ("Loop with a fixed count", Model(
            [Floats("x", 2, 3)], "y s", Node(new Loop(Body("i c v", "c w w", Node(new MatMul(), "v w0", "p"), Node(new Add(), "p x", "q"), Node(new Relu(), "q", "w"))), "m go x", "y s"))
            .With("m", Tensor.Scalar(5L)).With("go", Tensor.Scalar(true)).With("w0", Numbers(3, 3)),
            [[("x", Numbers(2, 3))]]),
        ("Loop until a condition fails", Model(
            [Floats("x"), Scalar("m", ElementType.Int64)], "y s", Node(new Loop(Body("i c v", "go w j", Node(new Add(), "v v", "w"), Node(new Less(), "w limit", "go"), Node(new Add(), "i i", "j"))), "m . x", "y s"))
            .With("limit", Tensor.Scalar(100f)),
            [[("x", Tensor.Scalar(3f)), ("m", Tensor.Scalar(100L))], [("x", Tensor.Scalar(3f)), ("m", Tensor.Scalar(2L))], [("x", Tensor.Scalar(-3f)), ("m", Tensor.Scalar(20L))]]),
        ("Loop whose values grow", Model(
            [Floats("x", "N"), Scalar("m", ElementType.Int64)], "y", Node(new Loop(Body("i c v", "c w", Node(new Concat(0), "v x", "w"))), "m . x", "y")),
            [[("x", Numbers(3)), ("m", Tensor.Scalar(4L))], [("x", Numbers(2)), ("m", Tensor.Scalar(1L))]]),
        ("Loop with an If inside", Model(
            [Floats("x", 4), Scalar("m", ElementType.Int64)], "y",
            Node(new Loop(Body(
                "i c v", "c w", Node(new Mod(), "i two", "r"), Node(new Cast(ElementType.Bool), "r", "b"),
                Node(new If(Graph("", "t", Node(new Mul(), "v x", "t")), Graph("", "e", Node(new Sub(), "v x", "e"))), "b", "w"))), "m . x", "y")).With("two", Tensor.Scalar(2L)),
            [[("x", Numbers(4)), ("m", Tensor.Scalar(5L))]]),
        ("Scan backward along the last axis", Model(
            [Floats("s", 2), Floats("x", 2, "T")], "y z", Node(new Scan(Running, 1, InputDirections: [1], InputAxes: [-1], OutputAxes: [1], OutputDirections: [1]), "s x", "y z")),
            [[("s", Numbers(2)), ("x", Numbers(2, 5))], [("s", Numbers(2)), ("x", Numbers(2, 1))]]),
        ("Scan without values", Model(
            [Floats("x", "T", 3), Floats("z", "T", 3)], "y", Node(new Scan(Graph("a b", "r", Node(new Mul(), "a b", "r")), 2, InputDirections: [0, 1]), "x z", "y")),
            [[("x", Numbers(4, 3)), ("z", Numbers(4, 3))]]),
        ("Sequences", Model(
            [Floats("x", 2, 6), Scalar("p", ElementType.Int64)], "y n z",
            Node(new SplitToSequence(1), "x size", "q"), Node(new SequenceAt(), "q p", "e"), Node(new SequenceInsert(), "q e p", "r"), Node(new SequenceErase(), "r", "t"),
            Node(new ConcatFromSequence(1), "t", "y"), Node(new SequenceLength(), "t", "n"), Node(new SequenceConstruct(), "x x", "u"), Node(new ConcatFromSequence(-1, true), "u", "z"))
            .With("size", Tensor.Scalar(2L)),
            [[("x", Numbers(2, 6)), ("p", Tensor.Scalar(1L))], [("x", Numbers(2, 6)), ("p", Tensor.Scalar(-1L))]]),
        ("Loop that carries a sequence", Model(
            [Floats("x", 2), Scalar("m", ElementType.Int64)], "y",
            Node(new SequenceEmpty(), "", "q"), Node(new Loop(CarriesSequence()), "m . q", "r"), Node(new ConcatFromSequence(0, true), "r", "y")),
            [[("x", Numbers(2)), ("m", Tensor.Scalar(3L))]]),
    ];

    // ONNX Runtime does not infer the types of the first two.
    private static OnnxGraph Body(string inputs, string outputs, params OnnxNode[] nodes)
    {
        OnnxGraph body = Graph(inputs, outputs, nodes);
        body.Inputs[0] = Scalar(body.Inputs[0].Name, ElementType.Int64);
        body.Inputs[1] = Scalar(body.Inputs[1].Name, ElementType.Bool);
        return body;
    }

    private static OnnxGraph CarriesSequence()
    {
        OnnxGraph body = Body("i c", "c t", Node(new Cast(ElementType.Float32), "i", "f"), Node(new Mul(), "x f", "e"), Node(new SequenceInsert(), "s e", "t"));
        body.Inputs.Add(new ValueInfo("s", new SequenceType(new TensorType(ElementType.Float32))));
        return body;
    }

    private static Tensor<float> Numbers(params int[] shape)
    {
        var tensor = new Tensor<float>(new Numerics.Shape(shape));
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor.Span[i] = ((i * 7) % 11 * 0.25f) - 1;
        }

        return tensor;
    }
}

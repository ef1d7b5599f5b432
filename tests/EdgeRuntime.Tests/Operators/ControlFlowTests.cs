using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using static Toolkit.EdgeRuntime.Tests.GraphText;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class ControlFlowTests
{
    private static readonly OnnxGraph Sum = Graph("i c v", "c w w", Node(new Add(), "v x", "w"));

    /// <summary>Operators with subgraphs, whose cases are here.</summary>
    public static IReadOnlyList<Type> Covered { get; } = [typeof(If), typeof(Loop), typeof(Scan), typeof(SequenceMap)];

    [Fact]
    public void If_runs_the_branch_that_its_condition_chooses()
    {
        OnnxModel model = Model(
            [Scalar("c", ElementType.Bool), Floats("x", 3)], "y",
            Node(new If(Graph("", "t", Node(new Neg(), "x", "t")), Graph("", "e", Node(new Concat(0), "x k", "e"))), "c", "y")).With("k", Tensor.Vector(5f));
        using ManagedSession session = ManagedBackend.Compile(model);
        Tensor x = Tensor.Vector(1f, -2f, 3f);
        AssertRun(session, [("c", Tensor.Scalar(true)), ("x", x)], Tensor.Vector(-1f, 2f, -3f));
        AssertRun(session, [("c", Tensor.Scalar(false)), ("x", x)], Tensor.Vector(1f, -2f, 3f, 5f));
    }

    [Fact]
    public void A_branch_that_hands_on_what_it_sees_gives_a_copy()
    {
        OnnxModel model = Model([Scalar("c", ElementType.Bool), Floats("x", 3)], "y", Node(new If(Graph("", "x"), Graph("", "k")), "c", "y")).With("k", Tensor.Vector(5f, 6f, 7f));
        using ManagedSession session = ManagedBackend.Compile(model);
        Tensor<float> x = Tensor.Vector(1f, 2f, 3f);
        foreach (bool condition in new[] { true, false, false })
        {
            Tensor<float> y = session.Run(new Dictionary<string, Tensor> { ["c"] = Tensor.Scalar(condition), ["x"] = x })["y"].As<float>();
            Assert.Equal(condition ? [1f, 2f, 3f] : [5f, 6f, 7f], y.ToArray());
            y.Span.Fill(9);
        }

        Assert.Equal([1f, 2f, 3f], x.ToArray());
    }

    [Fact]
    public void An_If_whose_condition_follows_from_shapes_has_a_fixed_plan()
    {
        // As PyTorch writes squeeze(1): only where the axis is 1.
        OnnxModel model = Model(
            [Floats("x", "N", "C")], "y",
            Node(new Onnx.Operators.Shape(), "x", "s"), Node(new Gather(0), "s one", "n"), Node(new Equal(), "n one", "c"),
            Node(new If(Graph("", "t", Node(new Squeeze(), "x axes", "t")), Graph("", "e", Node(new Identity(), "x", "e"))), "c", "y")).With("one", Tensor.Scalar(1L)).With("axes", Tensor.Vector(1L));
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.Equal(new Numerics.Shape(2), session.InferOutputShapes([[2, 1]])[0]);
        Assert.Equal(new Numerics.Shape(2, 3), session.InferOutputShapes([[2, 3]])[0]);
        AssertRun(session, [("x", Tensor.From([2, 1], 1f, 2f))], Tensor.Vector(1f, 2f));
        AssertRun(session, [("x", Tensor.From([1, 2], 1f, 2f))], Tensor.From([1, 2], 1f, 2f));
    }

    [Theory]
    [InlineData(0L, true, 0)]
    [InlineData(-3L, true, 0)]
    [InlineData(4L, false, 0)]
    [InlineData(4L, true, 4)]
    [InlineData(1L, true, 1)]
    public void Loop_runs_as_often_as_its_inputs_say(long trips, bool condition, int expected)
    {
        foreach (bool isKnown in new[] { false, true })
        {
            OnnxModel model = Model(isKnown ? [Floats("x", 2)] : [Floats("x", 2), Scalar("m", ElementType.Int64), Scalar("go", ElementType.Bool)], "y s", Node(new Loop(Sum), "m go x", "y s"));
            if (isKnown)
            {
                model.With("m", Tensor.Scalar(trips)).With("go", Tensor.Scalar(condition));
            }

            using ManagedSession session = ManagedBackend.Compile(model);
            (string, Tensor)[] inputs = isKnown ? [("x", Tensor.Vector(1f, 2f))] : [("x", Tensor.Vector(1f, 2f)), ("m", Tensor.Scalar(trips)), ("go", Tensor.Scalar(condition))];
            float n = expected + 1;
            AssertRun(
                session, inputs, Tensor.Vector(n, 2 * n),
                Tensor.From([expected, 2], [.. Enumerable.Range(2, expected).SelectMany(k => new float[] { k, 2 * k })]));
        }
    }

    [Fact]
    public void Loop_ends_when_its_condition_says_so()
    {
        // v doubles until it is not below 100.
        OnnxGraph body = Graph("i c v", "go w i", Node(new Add(), "v v", "w"), Node(new Less(), "w limit", "go"));
        OnnxModel model = Model([Scalar("x", ElementType.Float32)], "y s", Node(new Loop(body), ". . x", "y s")).With("limit", Tensor.Scalar(100f));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRun(session, [("x", Tensor.Scalar(3f))], Tensor.Scalar(192f), Tensor.Vector(0L, 1L, 2L, 3L, 4L, 5L));
    }

    [Fact]
    public void Values_of_a_loop_may_change_their_shape_and_its_nested_graphs_see_all_around_them()
    {
        // Every second iteration v becomes longer by x + i.
        OnnxGraph odd = Graph("", "t", Node(new Cast(ElementType.Float32), "i", "f"), Node(new Add(), "x f", "z"), Node(new Concat(0), "v z", "t"));
        OnnxGraph body = Graph("i c v", "c w", Node(new Mod(), "i two", "r"), Node(new Cast(ElementType.Bool), "r", "b"), Node(new If(odd, Graph("", "v")), "b", "w"));
        OnnxModel model = Model([Floats("x", 1), Scalar("m", ElementType.Int64)], "y", Node(new Loop(body), "m . x", "y")).With("two", Tensor.Scalar(2L));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRun(session, [("x", Tensor.Vector(10f)), ("m", Tensor.Scalar(5L))], Tensor.Vector(10f, 11f, 13f));
        AssertRun(session, [("x", Tensor.Vector(10f)), ("m", Tensor.Scalar(1L))], Tensor.Vector(10f));
    }

    [Fact]
    public void A_loop_that_takes_no_values_needs_no_inputs()
    {
        OnnxGraph body = Graph("i c", "go i", Node(new Less(), "i five", "go"));
        OnnxModel model = Model([], "s", Node(new Loop(body), "", "s")).With("five", Tensor.Scalar(5L));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRun(session, [], Tensor.Vector(0L, 1L, 2L, 3L, 4L, 5L));
    }

    [Fact]
    public void A_swap_in_a_loop_swaps()
    {
        OnnxModel model = Model([Floats("a", 2), Floats("b", 2), Scalar("m", ElementType.Int64)], "y z", Node(new Loop(Graph("i c v w", "c w v")), "m . a b", "y z"));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRun(session, [("a", Tensor.Vector(1f, 2f)), ("b", Tensor.Vector(3f, 4f)), ("m", Tensor.Scalar(3L))], Tensor.Vector(3f, 4f), Tensor.Vector(1f, 2f));
    }

    [Fact]
    public void Scan_goes_along_any_axis_in_both_directions()
    {
        // Sums of the columns from the last to the first; results in rows, the latest in front.
        OnnxGraph body = Graph("s e", "t t", Node(new Add(), "s e", "t"));
        var scan = new Scan(body, 1, InputDirections: [1], InputAxes: [-1], OutputAxes: [1], OutputDirections: [1]);
        OnnxModel model = Model([Floats("s", 2), Floats("x", 2, "T")], "y z", Node(scan, "s x", "y z"));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRun(
            session, [("s", Tensor.Vector(0f, 100f)), ("x", Tensor.From([2, 3], 1f, 2f, 3f, 4f, 5f, 6f))],
            Tensor.Vector(6f, 115f), Tensor.From([2, 3], 6f, 5f, 3f, 115f, 111f, 106f));
        AssertRun(session, [("s", Tensor.Vector(0f, 100f)), ("x", new Tensor<float>([2, 0]))], Tensor.Vector(0f, 100f), new Tensor<float>([2, 0]));
    }

    [Fact]
    public void A_batched_scan_ends_each_sequence_at_its_length()
    {
        OnnxGraph body = Graph("s e", "t t", Node(new Add(), "s e", "t"));
        foreach (bool backward in new[] { false, true })
        {
            var scan = new Scan(body, 1, backward ? [1] : null, IsBatched: true);
            OnnxModel model = Model([Floats("s", 2, 1), Floats("x", 2, 3, 1)], "y z", Node(scan, "n s x", "y z")).With("n", Tensor.Vector(2L, 3L));
            model.OpsetImports[""] = 8;
            using IInferenceSession session = new ManagedBackend().Load(model.ToBytes());
            AssertRun(
                session, [("s", Tensor.From([2, 1], 0f, 10f)), ("x", Tensor.From([2, 3, 1], 1f, 2f, 3f, 4f, 5f, 6f))],
                Tensor.From([2, 1], 3f, 25f), Tensor.From<float>([2, 3, 1], backward ? [2f, 3f, 0f, 16f, 21f, 25f] : [1f, 3f, 0f, 14f, 19f, 25f]));
        }
    }

    [Fact]
    public void Passes_count_what_a_subgraph_sees_as_read()
    {
        // The sum of a MatMul is seen inside, so that the product in front of the Add must stay; so must the constant that folding finds.
        OnnxModel model = Model(
            [Floats("x", "N", 2), Scalar("m", ElementType.Int64)], "y z",
            Node(new MatMul(), "x w", "p"), Node(new Add(), "p b", "q"), Node(new Relu(), "q", "r"), Node(new Identity(), "r", "same"), Node(new Neg(), "b", "folded"),
            Node(new Loop(Graph("i c v", "c u", Node(new Add(), "v p", "h"), Node(new Add(), "h folded", "g"), Node(new Add(), "g same", "u"))), "m . q", "y"), Node(new Identity(), "r", "z"))
            .With("w", Tensor.From([2, 2], 1f, 0f, 0f, -1f)).With("b", Tensor.Vector(1f, 2f));
        foreach (string[] disabled in new string[][] { [], ["ConstantFolding"], ["IdentityRemoval", "MatMulAddFusion", "ActivationFusion"] })
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = disabled.ToHashSet() });

            // p = [3, -4], q = [4, -2], r = [4, 0]; each iteration adds p - b + r = [6, -6].
            AssertRun(session, [("x", Tensor.From([1, 2], 3f, 4f)), ("m", Tensor.Scalar(2L))], Tensor.From([1, 2], 16f, -14f), Tensor.From([1, 2], 4f, 0f));
        }
    }

    [Fact]
    public void SequenceMap_gives_what_its_body_gives_for_each_element()
    {
        OnnxGraph body = Graph("e x", "s n", Node(new Add(), "e x", "s"), Node(new Size(), "e", "n"));
        OnnxModel model = Model([new ValueInfo("q", new SequenceType(new TensorType(ElementType.Float32))), Floats("x")], "y n", Node(new SequenceMap(body), "q x", "y n"));
        using ManagedSession session = ManagedBackend.Compile(model);
        OrderedDictionary<string, OnnxValue> results = session.RunValues(new Dictionary<string, OnnxValue>
        {
            ["q"] = new OnnxSequence(new TensorType(ElementType.Float32), Tensor.Vector(1f, 2f), Tensor.Scalar(3f)),
            ["x"] = Tensor.Scalar(10f),
        });
        Assert.Equal([11f, 12f], ((OnnxTensor)((OnnxSequence)results["y"])[0]).Tensor.As<float>().ToArray());
        Assert.Equal([13f], ((OnnxTensor)((OnnxSequence)results["y"])[1]).Tensor.As<float>().ToArray());
        Assert.Equal(1, ((OnnxTensor)((OnnxSequence)results["n"])[1]).Tensor.As<long>().Span[0]);
    }

    [Fact]
    public void A_loop_that_does_not_end_in_time_is_refused()
    {
        OnnxModel model = Model([Floats("x", 2), Scalar("m", ElementType.Int64)], "y s", Node(new Loop(Sum), "m . x", "y s"));
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Limits = new OnnxLimits { MaxLoopTrips = 10 } });
        AssertRefused(session, "MaxLoopTrips", ("x", Tensor.Vector(1f, 2f)), ("m", Tensor.Scalar(long.MaxValue)));
        OnnxModel known = Model([Floats("x", 2)], "y", Node(new Loop(Sum), "m . x", "y")).With("m", Tensor.Scalar(long.MaxValue));
        using ManagedSession fixedSession = ManagedBackend.Compile(known, new InferenceOptions { Limits = new OnnxLimits { MaxLoopTrips = 10 } });
        AssertRefused(fixedSession, "MaxLoopTrips", ("x", Tensor.Vector(1f, 2f)));
    }

    [Fact]
    public void A_loop_that_takes_too_much_memory_is_refused()
    {
        OnnxGraph body = Graph("i c v", "c w", Node(new Concat(0), "v v", "w"));
        OnnxModel model = Model([Floats("x", 2), Scalar("m", ElementType.Int64)], "y", Node(new Loop(body), "m . x", "y"));
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = 1 << 20 } });
        AssertRefused(session, "MaxPlanBytes", ("x", Tensor.Vector(1f, 2f)), ("m", Tensor.Scalar(40L)));
        model = Model([Floats("x", 1000), Scalar("m", ElementType.Int64)], "s", Node(new Loop(Sum), "m . x", ". s"));
        using ManagedSession scanning = ManagedBackend.Compile(model, new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = 1 << 20 } });
        AssertRefused(scanning, "MaxPlanBytes", ("x", new Tensor<float>([1000])), ("m", Tensor.Scalar(1000L)));
    }

    [Fact]
    public void Results_whose_shapes_change_cannot_be_joined()
    {
        OnnxGraph body = Graph("i c v", "c w w", Node(new Concat(0), "v x", "w"));
        OnnxModel model = Model([Floats("x", 2), Scalar("m", ElementType.Int64)], "y s", Node(new Loop(body), "m . x", "y s"));
        using ManagedSession session = ManagedBackend.Compile(model);
        AssertRefused(session, "expected results of one shape", ("x", Tensor.Vector(1f, 2f)), ("m", Tensor.Scalar(2L)));
    }

    private static void AssertRefused(ManagedSession session, string message, params (string Name, Tensor Value)[] inputs) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => session.Run(inputs.ToDictionary(input => input.Name, input => input.Value))).Message, StringComparison.Ordinal);

    private static void AssertRun(IInferenceSession session, (string Name, Tensor Value)[] inputs, params Tensor[] expected)
    {
        OrderedDictionary<string, Tensor> actual = session.Run(inputs.ToDictionary(input => input.Name, input => input.Value));
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Elements.AssertClose(expected[i], actual.GetAt(i).Value, 1e-6);
        }
    }
}

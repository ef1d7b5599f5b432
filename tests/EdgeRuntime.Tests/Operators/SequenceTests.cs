using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using static Toolkit.EdgeRuntime.Tests.GraphText;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class SequenceTests
{
    private static readonly TensorType FloatTensor = new(ElementType.Float32);
    private static readonly ValueInfo Sequence = new("q", new SequenceType(FloatTensor));
    private static readonly ValueInfo Position = Scalar("p", ElementType.Int64);

    /// <summary>Operators over values that are no tensors, whose cases are here.</summary>
    public static IReadOnlyList<Type> Covered { get; } =
    [
        typeof(ConcatFromSequence), typeof(Optional), typeof(OptionalGetElement), typeof(OptionalHasElement), typeof(SequenceAt), typeof(SequenceConstruct),
        typeof(SequenceEmpty), typeof(SequenceErase), typeof(SequenceInsert), typeof(SequenceLength), typeof(SplitToSequence),
    ];

    private static OnnxSequence Three => new(FloatTensor, Tensor.Vector(1f), Tensor.Vector(2f, 3f), Tensor.Scalar(4f));

    [Fact]
    public void Tensors_go_into_a_sequence_and_come_out()
    {
        OnnxModel model = Model(
            [Floats("a", 2), Floats("b", "N")], "y n",
            Node(new SequenceConstruct(), "a b", "q"), Node(new SequenceInsert(), "q a zero", "r"), Node(new SequenceErase(), "r one", "t"),
            Node(new SequenceAt(), "t last", "y"), Node(new SequenceLength(), "t", "n"))
            .With("zero", Tensor.Scalar(0L)).With("one", Tensor.Scalar(1)).With("last", Tensor.Scalar(-1L));
        using ManagedSession session = ManagedBackend.Compile(model);
        Tensor<float> b = Tensor.Vector(7f, 8f, 9f);
        OrderedDictionary<string, Tensor> results = session.Run(new Dictionary<string, Tensor> { ["a"] = Tensor.Vector(1f, 2f), ["b"] = b });
        Assert.Equal([7f, 8f, 9f], results["y"].As<float>().ToArray());
        Assert.Equal(2L, results["n"].As<long>().Span[0]);
        results["y"].As<float>().Span.Fill(-1);
        Assert.Equal([7f, 8f, 9f], b.ToArray());
    }

    [Theory]
    [InlineData(0, "sequence(float32 [5], float32 [1], float32 [2], float32 [])")]
    [InlineData(3, "sequence(float32 [1], float32 [2], float32 [], float32 [5])")]
    [InlineData(-1, "sequence(float32 [1], float32 [2], float32 [5], float32 [])")]
    [InlineData(-3, "sequence(float32 [5], float32 [1], float32 [2], float32 [])")]
    public void A_tensor_is_inserted_at_any_position(int position, string expected)
    {
        using ManagedSession session = ManagedBackend.Compile(Model([Sequence, Floats("x", 5), Position], "y", Node(new SequenceInsert(), "q x p", "y")));
        Assert.Equal(expected, session.RunValues(Feeds(Three, position, ("x", new Tensor<float>([5]))))["y"].ToString());
    }

    [Fact]
    public void Positions_that_point_nowhere_are_refused()
    {
        Refused(new SequenceAt(), 3);
        Refused(new SequenceAt(), -4);
        Refused(new SequenceAt(), long.MinValue);
        Refused(new SequenceErase(), 3);
        Refused(new SequenceErase(), long.MaxValue);

        static void Refused(Operator op, long position)
        {
            using ManagedSession session = ManagedBackend.Compile(Model([Sequence, Position], "y", Node(op, "q p", "y")));
            Assert.Contains("in a sequence of 3 elements", Assert.Throws<ArgumentException>(() => session.RunValues(Feeds(Three, position))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_empty_sequence_has_nothing_to_take()
    {
        using ManagedSession erase = ManagedBackend.Compile(Model([], "y", Node(new SequenceEmpty(), "", "q"), Node(new SequenceErase(), "q", "y")));
        Assert.Throws<ArgumentException>(() => erase.RunValues(new Dictionary<string, OnnxValue>()));
        using ManagedSession concat = ManagedBackend.Compile(Model([], "y", Node(new SequenceEmpty(), "", "q"), Node(new ConcatFromSequence(0), "q", "y")));
        Assert.Throws<ArgumentException>(() => concat.Run(new Dictionary<string, Tensor>()));
        using ManagedSession length = ManagedBackend.Compile(Model([], "y", Node(new SequenceEmpty(ElementType.Int8), "", "q"), Node(new SequenceLength(), "q", "y")));
        Assert.Equal(0L, length.Run(new Dictionary<string, Tensor>())["y"].As<long>().Span[0]);
    }

    [Fact]
    public void A_tensor_is_split_into_equal_or_given_parts()
    {
        Assert.Equal("sequence(int32 [2,1], int32 [2,1], int32 [2,1], int32 [2,1], int32 [2,1])", Split(new SplitToSequence(1), null));
        Assert.Equal("sequence(int32 [5], int32 [5])", Split(new SplitToSequence(0, false), null));
        Assert.Equal("sequence(int32 [2,2], int32 [2,2], int32 [2,1])", Split(new SplitToSequence(-1, false), Tensor.Scalar(2L)));
        Assert.Equal("sequence(int32 [2,4], int32 [2,0], int32 [2,1])", Split(new SplitToSequence(1), Tensor.Vector(4, 0, 1)));
        Assert.Throws<ArgumentException>(() => Split(new SplitToSequence(1), Tensor.Vector(4L, 2L)));
        Assert.Throws<ArgumentException>(() => Split(new SplitToSequence(1), Tensor.Vector(6L, -1L)));
        Assert.Throws<ArgumentException>(() => Split(new SplitToSequence(1), Tensor.Scalar(0L)));

        static string Split(SplitToSequence op, Tensor? split)
        {
            ValueInfo[] inputs = [new ValueInfo("x", ElementType.Int32, new SymbolicShape(2, 5))];
            Dictionary<string, OnnxValue> feeds = new() { ["x"] = Tensor.From([2, 5], [.. Enumerable.Range(0, 10)]) };
            if (split is not null)
            {
                inputs = [.. inputs, new ValueInfo("s", split.ElementType, null)];
                feeds["s"] = split;
            }

            using ManagedSession session = ManagedBackend.Compile(Model(inputs, "y", Node(op, split is null ? "x" : "x s", "y")));
            return session.RunValues(feeds)["y"].ToString()!;
        }
    }

    [Fact]
    public void Parts_that_are_joined_again_are_the_whole()
    {
        foreach (int axis in new[] { 0, 1, -1 })
        {
            OnnxModel model = Model(
                [Floats("x", 2, 3, 4)], "y z",
                Node(new SplitToSequence(axis), "x", "q"), Node(new ConcatFromSequence(axis), "q", "y"),
                Node(new SplitToSequence(axis, false), "x", "r"), Node(new ConcatFromSequence(axis, true), "r", "z"));
            using ManagedSession session = ManagedBackend.Compile(model);
            Tensor<float> x = Tensor.From([2, 3, 4], [.. Enumerable.Range(0, 24).Select(i => (float)i)]);
            foreach (Tensor result in session.Run(new Dictionary<string, Tensor> { ["x"] = x }).Values)
            {
                Elements.AssertClose(x, result, 0);
            }
        }
    }

    [Fact]
    public void Tensors_of_other_shapes_are_not_joined()
    {
        using ManagedSession session = ManagedBackend.Compile(Model([Sequence], "y", Node(new ConcatFromSequence(0), "q", "y")));
        Assert.Throws<ArgumentException>(() => session.RunValues(Feeds(Three)));
        Assert.Throws<ArgumentException>(() => session.RunValues(Feeds(new OnnxSequence(FloatTensor, new Tensor<float>([2, 3]), new Tensor<float>([2, 4])))));
    }

    [Fact]
    public void An_optional_holds_a_value_or_none()
    {
        OnnxModel model = Model(
            [new ValueInfo("o", new OptionalType(FloatTensor))], "has y",
            Node(new OptionalHasElement(), "o", "has"), Node(new If(Graph("", "t", Node(new OptionalGetElement(), "o", "t")), Graph("", "k")), "has", "y")).With("k", Tensor.Vector(5f));
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.Equal([1f], Run(new OnnxOptional(FloatTensor, Tensor.Vector(1f)), true));
        Assert.Equal([1f], Run(Tensor.Vector(1f), true));
        Assert.Equal([5f], Run(new OnnxOptional(FloatTensor, null), false));

        float[] Run(OnnxValue value, bool has)
        {
            OrderedDictionary<string, OnnxValue> results = session.RunValues(new Dictionary<string, OnnxValue> { ["o"] = value });
            Assert.Equal(has, ((OnnxTensor)results["has"]).Tensor.As<bool>().Span[0]);
            return ((OnnxTensor)results["y"]).Tensor.As<float>().ToArray();
        }
    }

    [Fact]
    public void Nothing_is_taken_out_of_an_optional_that_holds_nothing()
    {
        OnnxModel model = Model([], "y", Node(new Optional(FloatTensor), "", "o"), Node(new OptionalGetElement(), "o", "y"));
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.Contains("holds nothing", Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor>())).Message, StringComparison.Ordinal);
        using ManagedSession whole = ManagedBackend.Compile(Model([], "o", Node(new Optional(FloatTensor), "", "o")));
        Assert.Null(Assert.IsType<OnnxOptional>(whole.RunValues(new Dictionary<string, OnnxValue>())["o"]).Value);
    }

    [Fact]
    public void A_loop_may_carry_a_sequence()
    {
        OnnxGraph body = Graph("i c s", "c t", Node(new Cast(ElementType.Float32), "i", "f"), Node(new Mul(), "x f", "e"), Node(new SequenceInsert(), "s e", "t"));
        OnnxModel model = Model(
            [Floats("x", 2), Scalar("m", ElementType.Int64)], "y",
            Node(new SequenceEmpty(), "", "q"), Node(new Loop(body), "m . q", "r"), Node(new ConcatFromSequence(0, true), "r", "y"));
        using ManagedSession session = ManagedBackend.Compile(model);
        Tensor y = session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f, 2f), ["m"] = Tensor.Scalar(3L) })["y"];
        Elements.AssertClose(Tensor.From([3, 2], 0f, 0f, 1f, 2f, 2f, 4f), y, 0);
    }

    [Fact]
    public void A_session_says_what_it_takes()
    {
        using ManagedSession session = ManagedBackend.Compile(Model([Sequence, Position], "y", Node(new SequenceErase(), "q p", "y")));
        Assert.Equal("q sequence(float32 of unknown rank)", session.Inputs[0].ToString());
        Assert.Equal("y sequence(float32 of unknown rank)", session.Outputs[0].ToString());
        Assert.Contains("use RunValues", Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor> { ["q"] = Tensor.Scalar(1f), ["p"] = Tensor.Scalar(0L) })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.RunValues(Feeds(new OnnxSequence(new TensorType(ElementType.Int32)), 0)));
        Assert.Throws<ArgumentException>(() => session.RunValues(new Dictionary<string, OnnxValue> { ["q"] = Tensor.Scalar(1f), ["p"] = Tensor.Scalar(0L) }));
        using ManagedSession declared = ManagedBackend.Compile(Model([new ValueInfo("q", new SequenceType(new TensorType(ElementType.Float32, new SymbolicShape(2))))], "y", Node(new SequenceErase(), "q", "y")));
        Assert.Throws<ArgumentException>(() => declared.RunValues(Feeds(Three)));
    }

    private static Dictionary<string, OnnxValue> Feeds(OnnxValue sequence, long? position = null, params (string Name, Tensor Value)[] others)
    {
        var feeds = new Dictionary<string, OnnxValue> { ["q"] = sequence };
        if (position is { } p)
        {
            feeds["p"] = Tensor.Scalar(p);
        }

        foreach ((string name, Tensor value) in others)
        {
            feeds[name] = value;
        }

        return feeds;
    }
}

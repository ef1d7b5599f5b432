using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Fusion;

public sealed class RewritingTests
{
    [Fact]
    public void Two_transposes_become_one() => AssertRewritten(
        ["Transpose"], builder => builder.Node(new O.Transpose([1, 0, 2, 3]), builder.Node(new O.Transpose([0, 3, 1, 2]), "x")));

    [Fact]
    public void Transposes_that_undo_each_other_go() => AssertRewritten(
        ["Relu"], builder => builder.Node(new O.Relu(), builder.Node(new O.Transpose([0, 2, 3, 1]), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"))));

    [Fact]
    public void A_chain_of_transposes_becomes_one() => AssertRewritten(
        ["Transpose"], builder => builder.Node(new O.Transpose(), builder.Node(new O.Transpose([1, 2, 3, 0]), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"))));

    [Fact]
    public void Element_wise_operators_between_transposes_run_without_them() => AssertRewritten(
        ["Mul", "Sigmoid", "Clip"],
        builder =>
        {
            string value = builder.Node(new O.Mul(), builder.Constant(Tensor.Scalar(0.5f)), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"));
            value = builder.Node(new O.Clip(), builder.Node(new O.Sigmoid(), value), builder.Constant(Tensor.Scalar(0.2f)), builder.Constant(Tensor.Scalar(0.8f)));
            return builder.Node(new O.Transpose([0, 2, 3, 1]), value);
        });

    [Fact]
    public void A_sum_of_two_transposed_values_runs_without_transposes() => AssertRewritten(
        ["Relu", "Add"],
        builder => builder.Node(
            new O.Transpose([0, 2, 3, 1]),
            builder.Node(new O.Add(), builder.Node(new O.Relu(), builder.Node(new O.Transpose([0, 3, 1, 2]), "x")), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"))));

    [Fact]
    public void A_transposed_value_with_another_reader_stays() => AssertRewritten(
        ["Transpose", "Relu", "Transpose", "ReduceSum", "Add"],
        builder =>
        {
            string value = builder.Node(new O.Relu(), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"));
            return builder.Node(new O.Add(), builder.Node(new O.Transpose([0, 2, 3, 1]), value), builder.Node(new O.ReduceSum(), value));
        });

    [Fact]
    public void A_transpose_of_another_order_stays() => AssertRewritten(
        ["Transpose", "Relu", "Transpose"], builder => builder.Node(new O.Transpose([0, 1, 3, 2]), builder.Node(new O.Relu(), builder.Node(new O.Transpose([0, 3, 1, 2]), "x"))));

    [Fact]
    public void A_transpose_that_keeps_the_order_goes() => AssertRewritten(["Exp"], builder => builder.Node(new O.Exp(), builder.Node(new O.Transpose([0, 1, 2, 3]), "x")));

    [Fact]
    public void What_is_computed_twice_is_computed_once() => AssertRewritten(
        ["Exp", "Clip", "Add"],
        builder => builder.Node(new O.Add(), Clipped(builder, 2f), Clipped(builder, 2f)));

    [Fact]
    public void What_differs_in_a_constant_or_an_attribute_is_computed_twice()
    {
        AssertRewritten(["Exp", "Clip", "Clip", "Add"], builder => builder.Node(new O.Add(), Clipped(builder, 2f), Clipped(builder, 3f)));
        AssertRewritten(["Elu", "Elu", "Add"], builder => builder.Node(new O.Add(), builder.Node(new O.Elu(1f), "x"), builder.Node(new O.Elu(2f), "x")));
    }

    [Fact]
    public void Two_outputs_that_are_one_value_are_both_written()
    {
        var builder = new ModelBuilder().Input("x", 2, 3);
        OnnxModel model = builder.Output(builder.Node(new O.Relu(), "x"), builder.Node(new O.Relu(), "x")).Build();
        using ManagedSession session = ManagedBackend.Compile(model);
        Tensor x = new RandomTensors(1).Float(2, 3);
        OrderedDictionary<string, Tensor> results = session.Run(new Dictionary<string, Tensor> { ["x"] = x });
        Assert.Equal(2, results.Count);
        Elements.AssertClose(results.GetAt(0).Value, results.GetAt(1).Value, 0, 0);
        Assert.NotSame(results.GetAt(0).Value, results.GetAt(1).Value);
    }

    [Fact]
    public void Random_numbers_are_drawn_twice()
    {
        var builder = new ModelBuilder();
        OnnxModel model = builder.Output(builder.Node(new O.Sub(), builder.Node(new O.RandomNormal([100])), builder.Node(new O.RandomNormal([100])))).Build();
        Assert.Equal(["RandomNormal", "RandomNormal", "Sub"], Compiled(model, []));
    }

    [Fact]
    public void A_value_times_its_own_gate_is_one_activation()
    {
        AssertRewritten(["Swish"], builder => builder.Node(new O.Mul(), "x", builder.Node(new O.Sigmoid(), "x")));
        AssertRewritten(["HardSwish"], builder => builder.Node(new O.Mul(), builder.Node(new O.HardSigmoid(1f / 6), "x"), "x"));
        AssertRewritten(["HardSigmoid", "Mul"], builder => builder.Node(new O.Mul(), builder.Node(new O.HardSigmoid(0.2f), "x"), "x"));
        AssertRewritten(["Exp", "Sigmoid", "Mul"], builder => builder.Node(new O.Mul(), builder.Node(new O.Exp(), "x"), builder.Node(new O.Sigmoid(), "x")));
    }

    [Theory]
    [InlineData(0f, 6f, "Conv+Relu6")]
    [InlineData(0f, float.PositiveInfinity, "Conv+Relu")]
    [InlineData(-1f, 6f, "Conv")]
    public void A_clip_behind_a_convolution_is_fused_where_the_epilogue_has_it(float low, float high, string fused) => AssertRewritten(
        fused == "Conv" ? ["Conv", "Clip"] : [fused],
        builder => builder.Node(
            new O.Clip(), builder.Node(new O.Conv(), "x", builder.Constant(new RandomTensors(3).Float(4, 6, 3, 3))), builder.Constant(Tensor.Scalar(low)), builder.Constant(Tensor.Scalar(high))));

    [Fact]
    public void Swish_behind_a_convolution_is_fused() => AssertRewritten(
        ["Conv+Silu"],
        builder => builder.Node(new O.Conv(), "x", builder.Constant(new RandomTensors(3).Float(4, 6, 3, 3))) is var y ? builder.Node(new O.Mul(), y, builder.Node(new O.Sigmoid(), y)) : "");

    [Fact]
    public void A_pass_that_there_is_not_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Compiled(Model(builder => builder.Node(new O.Relu(), "x")), ["ReluFusion"]));
        Assert.Contains("ReluFusion", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(TransposeFusion), error.Message, StringComparison.Ordinal);
    }

    private static string Clipped(ModelBuilder builder, float bound) =>
        builder.Node(new O.Clip(), builder.Node(new O.Exp(), "x"), builder.Constant(Tensor.Scalar(0.5f)), builder.Constant(Tensor.Scalar(bound)));

    private static OnnxModel Model(Func<ModelBuilder, string> build)
    {
        var builder = new ModelBuilder().Input("x", 2, 6, 5, 4);
        return builder.Output(build(builder)).Build();
    }

    private static void AssertRewritten(string[] expected, Func<ModelBuilder, string> build)
    {
        Assert.Equal(expected, Compiled(Model(build), []));
        Elements.AssertClose(Run(Model(build), [.. ManagedBackend.PassNames]), Run(Model(build), []), 1e-5, 1e-5);

        static Tensor Run(OnnxModel model, string[] without)
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = without.ToHashSet() });
            return session.Run(new Dictionary<string, Tensor> { ["x"] = new RandomTensors(7).Float(2, 6, 5, 4) }).GetAt(0).Value;
        }
    }

    private static string[] Compiled(OnnxModel model, string[] without)
    {
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = without.ToHashSet() });
        return [.. session.Program.Nodes.Select(node => node.Node.Operator.OpType)];
    }
}

using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Fusion;

public sealed class ConvFusionTests
{
    public static TheoryData<string> Passes => [.. FusionPasses.All.Select(pass => pass.Name)];

    [Theory]
    [MemberData(nameof(Passes))]
    public void Results_are_the_same_to_1e_5_without_a_pass(string pass)
    {
        Tensor x = new RandomTensors(9).Float(3, 3, 16, 12);
        Tensor with = Run([]);
        Elements.AssertClose(Run([pass]), with, 1e-5, 1e-5);
        Elements.AssertClose(Run([.. FusionPasses.All.Select(other => other.Name)]), with, 1e-5, 1e-5);

        Tensor Run(string[] without)
        {
            using ManagedSession session = ManagedBackend.Compile(Networks.Convolutional(), new InferenceOptions { DisabledPasses = without.ToHashSet() });
            return session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value;
        }
    }

    [Fact]
    public void A_network_of_convolutions_keeps_its_products_and_poolings() => Assert.Equal(
        ["Conv+Relu", "Conv+Tanh", "ConvTranspose", "MaxPool", "AveragePool", "Conv+Sigmoid", "GlobalAveragePool", "Flatten", "Gemm", "Softmax"], Compiled(Networks.Convolutional()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_transposed_convolution_in_groups_scales_each_channel(int group)
    {
        AssertFused(["ConvTranspose"], builder =>
        {
            var random = new RandomTensors(3);
            string product = builder.Node(
                new O.ConvTranspose([2, 2], [2, 1], Group: group), "x", builder.Constant(random.Float(6, 2, 2, 2)), builder.Constant(random.Float(2 * group)));
            return builder.Node(
                new O.BatchNormalization(), product, builder.Constant(random.Float(2 * group)), builder.Constant(random.Float(2 * group)),
                builder.Constant(random.Float(2 * group)), builder.Constant(random.Positive(2 * group)));
        });
    }

    [Fact]
    public void A_constant_that_is_not_one_number_a_channel_is_not_fused()
    {
        AssertFused(["Conv", "Mul"], builder => builder.Node(new O.Mul(), Convolution(builder), builder.Constant(new RandomTensors(1).Float(4))));
        AssertFused(["Conv", "Add"], builder => builder.Node(new O.Add(), Convolution(builder), builder.Constant(new RandomTensors(1).Float(2, 1, 1, 1, 1))));
    }

    [Fact]
    public void One_number_for_all_channels_is_fused() => AssertFused(["Conv"], builder => builder.Node(new O.Mul(), builder.Constant(Tensor.Scalar(0.5f)), Convolution(builder)));

    [Fact]
    public void A_convolution_with_a_second_reader_is_not_fused()
    {
        AssertFused(["Conv", "Relu", "Add"], builder => Convolution(builder) is var y ? builder.Node(new O.Add(), builder.Node(new O.Relu(), y), y) : "");
        AssertFused(["Conv", "Mul", "Add"], builder => Convolution(builder) is var y ? builder.Node(new O.Add(), builder.Node(new O.Mul(), y, builder.Constant(Tensor.Scalar(2f))), y) : "");
    }

    [Fact]
    public void A_convolution_whose_weights_are_computed_is_not_scaled() => AssertFused(
        ["Slice", "Conv", "Mul"], builder => builder.Node(new O.Mul(), builder.Node(
            new O.Conv(), "x", builder.Node(new O.Slice(), "x", builder.Constant(Tensor.Vector(0L, 0L)), builder.Constant(Tensor.Vector(1L, 2L)), builder.Constant(Tensor.Vector(2L, 3L)))), builder.Constant(Tensor.Scalar(2f))));

    [Theory]
    [InlineData(O.PadMode.Constant, 0f, new long[] { 0, 0, 1, 2, 0, 0, 0, 1 }, true)]
    [InlineData(O.PadMode.Constant, 1f, new long[] { 0, 0, 1, 2, 0, 0, 0, 1 }, false)]
    [InlineData(O.PadMode.Edge, 0f, new long[] { 0, 0, 1, 2, 0, 0, 0, 1 }, false)]
    [InlineData(O.PadMode.Constant, 0f, new long[] { 0, 0, 1, -1, 0, 0, 0, 1 }, false)]
    [InlineData(O.PadMode.Constant, 0f, new long[] { 1, 0, 1, 2, 0, 0, 0, 1 }, false)]
    public void Zeros_around_an_image_become_the_convolution_s_pads(O.PadMode mode, float value, long[] pads, bool fuses) => AssertFused(
        fuses ? ["Conv"] : ["Pad", "Conv"],
        builder => builder.Node(
            new O.Conv([3, 3], Pads: [0, 1, 1, 0]), builder.Node(new O.Pad(mode), "x", builder.Constant(Tensor.Vector(pads)), builder.Constant(Tensor.Scalar(value))),
            builder.Constant(new RandomTensors(2).Float(4, 6, 3, 3))));

    [Fact]
    public void A_normalisation_without_a_root_is_left_to_say_so() => Assert.Equal(
        ["Conv", "BatchNormalization"], Compiled(Model(builder => builder.Node(
            new O.BatchNormalization(), Convolution(builder), builder.Constant(Tensor.Vector(1f, 1f)), builder.Constant(Tensor.Vector(0f, 0f)), builder.Constant(Tensor.Vector(0f, 0f)), builder.Constant(Tensor.Vector(-1f, 1f))))));

    private static string Convolution(ModelBuilder builder) =>
        builder.Node(new O.Conv([1, 1]), "x", builder.Constant(new RandomTensors(4).Float(2, 6, 1, 1)), builder.Constant(new RandomTensors(5).Float(2)));

    private static OnnxModel Model(Func<ModelBuilder, string> build)
    {
        var builder = new ModelBuilder().Input("x", 2, 6, 5, 4);
        return builder.Output(build(builder)).Build();
    }

    private static void AssertFused(string[] expected, Func<ModelBuilder, string> build)
    {
        Assert.Equal(expected, Compiled(Model(build)));
        Elements.AssertClose(Run(Model(build), FusionPasses.All.Select(pass => pass.Name)), Run(Model(build), []), 1e-5, 1e-5);

        static Tensor Run(OnnxModel model, IEnumerable<string> without)
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = without.ToHashSet() });
            return session.Run(new Dictionary<string, Tensor> { ["x"] = new RandomTensors(7).Float(2, 6, 5, 4) }).GetAt(0).Value;
        }
    }

    private static string[] Compiled(OnnxModel model)
    {
        using ManagedSession session = ManagedBackend.Compile(model);
        return [.. session.Program.Nodes.Select(node => node.Node.Operator.OpType)];
    }
}

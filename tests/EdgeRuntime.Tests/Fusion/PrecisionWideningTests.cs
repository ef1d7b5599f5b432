using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Fusion;

public sealed class PrecisionWideningTests
{
    [Fact]
    public void A_float16_network_is_computed_in_float32_and_fused_as_one()
    {
        using ManagedSession session = ManagedBackend.Compile(Network(ElementType.Float16));
        Assert.Equal(["Widen", "Conv+Relu", "Round", "Widen", "MaxPool", "Round", "Flatten", "Widen", "Gemm", "Round"], Compiled(session));
    }

    [Theory]
    [InlineData(ElementType.Float16, 2e-3)]
    [InlineData(ElementType.BFloat16, 2e-2)]
    public void A_half_precision_network_gives_what_its_float32_twin_gives(ElementType type, double tolerance)
    {
        Tensor x = Retype(new RandomTensors(8).Float(2, 3, 8, 8), type);
        Tensor expected = Run(Network(ElementType.Float32), Retype(x, ElementType.Float32));
        Tensor actual = Run(Network(type), x);
        Assert.Equal(type, actual.ElementType);
        Elements.AssertClose(expected, Retype(actual, ElementType.Float32), tolerance, tolerance);
        Elements.AssertClose(expected, Retype(Run(Network(type), x, nameof(RoundTripRemoval)), ElementType.Float32), tolerance, tolerance);
    }

    [Fact]
    public void Casts_of_the_model_itself_keep_rounding()
    {
        var builder = new ModelBuilder().Input("x", 3);
        string half = builder.Node(new O.Cast(ElementType.Float16), "x");
        OnnxModel model = builder.Output(builder.Node(new O.Relu(), builder.Node(new O.Cast(ElementType.Float32), half))).Build();
        Assert.Equal((float)(Half)0.1f, Run(model, Tensor.Vector(0.1f, 1, 2)).As<float>().Span[0]);
    }

    [Fact]
    public void A_result_that_jumps_sees_rounded_numbers()
    {
        // 2047 + 0.9 is 2048 in float16; in float32 its floor would be 2047.
        var builder = new ModelBuilder().Input("x", ElementType.Float16, new SymbolicShape(1));
        OnnxModel model = builder.Output(builder.Node(new O.Floor(), builder.Node(new O.Add(), "x", builder.Constant(Tensor.Scalar((Half)0.9f))))).Build();
        Assert.Equal((Half)2048, Run(model, Tensor.Vector((Half)2047f)).As<Half>().Span[0]);
    }

    [Fact]
    public void Inputs_of_two_types_are_computed_in_the_wider()
    {
        var random = new RandomTensors(3);
        Tensor x = random.Float(2, 3, 4);
        Tensor[] parameters = [random.Float(3), random.Float(3), random.Double(3), Reference.Map(random.Double(3), value => Math.Abs(value) + 1)];
        var builder = new ModelBuilder().Input("x", 2, 3, 4);
        OnnxModel model = builder.Output(builder.Node(new O.BatchNormalization(), ["x", .. parameters.Select(builder.Constant)])).Build(15);
        Tensor y = Run(model, x);
        Elements.AssertClose(SpatialReference.BatchNormalization(x, Elements.Of(parameters[0]), Elements.Of(parameters[1]), Elements.Of(parameters[2]), Elements.Of(parameters[3]), 1e-5f), y);
    }

    [Fact]
    public void Constants_are_widened_once_and_beyond_the_limit_at_each_run()
    {
        OnnxModel model = Network(ElementType.Float16);
        using ManagedSession small = ManagedBackend.Compile(model, new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = 500, MaxFoldedBytes = 0 } });
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.True(small.Program.Nodes.Length > session.Program.Nodes.Length);
    }

    [Fact]
    public void Interpolated_integers_are_truncated_where_they_are_not_whole()
    {
        var builder = new ModelBuilder().Input("x", ElementType.UInt8, new SymbolicShape(1, 1, 1, 3));
        string y = builder.Node(new O.Resize(O.ResizeMode.Linear, O.CoordinateTransformation.Asymmetric), "x", "", builder.Constant(Tensor.Vector(1f, 1f, 1f, 3f)));
        Assert.Equal<byte>([100, 100, 100, 100, 151, 203, 255, 255, 255], Run(builder.Output(y).Build(), Tensor.From([1, 1, 1, 3], (byte)100, (byte)100, (byte)255)).As<byte>().ToArray());
    }

    [Fact]
    public void A_half_precision_run_allocates_nothing()
    {
        using ManagedSession session = ManagedBackend.Compile(Network(ElementType.Float16), new InferenceOptions { Threads = 1 });
        Tensor[] inputs = [Retype(new RandomTensors(8).Float(2, 3, 8, 8), ElementType.Float16)];
        Tensor[] outputs = [new Tensor<Half>([2, 5])];
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    private static string[] Compiled(ManagedSession session) => [.. session.Program.Nodes.Select(node => node.Node.Operator.OpType)];

    private static Tensor Retype(Tensor tensor, ElementType type) => Elements.From(type, tensor.Shape, Elements.Of(tensor));

    private static Tensor Run(OnnxModel model, Tensor x, params string[] without)
    {
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = without.ToHashSet() });
        return session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value;
    }

    private static OnnxModel Network(ElementType type)
    {
        // Weights are float16's in every type, so that the networks are the same.
        var random = new RandomTensors(7);
        var builder = new ModelBuilder().Input("x", type, new SymbolicShape(2, 3, 8, 8));
        string Weights(params int[] shape) => builder.Constant(Retype(Retype(random.Scaled(0.25f, shape), ElementType.BFloat16), type));
        string value = builder.Node(new O.Conv(Pads: [1, 1, 1, 1]), "x", Weights(4, 3, 3, 3), Weights(4));
        string variance = builder.Constant(Retype(Tensor.Full([4], 1f), type));
        value = builder.Node(new O.Relu(), builder.Node(new O.BatchNormalization(), value, Weights(4), Weights(4), Weights(4), variance));
        value = builder.Node(new O.Flatten(), builder.Node(new O.MaxPool([2, 2], [2, 2]), value));
        return builder.Output(builder.Node(new O.Gemm(), value, Weights(64, 5), Weights(5))).Build();
    }
}

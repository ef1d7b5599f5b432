using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Fusion;

public sealed class FusionTests
{
    public static TheoryData<string> Passes => [nameof(ConstantFolding), .. FusionPasses.All.Select(pass => pass.Name)];

    [Theory]
    [MemberData(nameof(Passes))]
    public void Results_are_the_same_without_a_pass(string pass)
    {
        Tensor x = new RandomTensors(9).Float(5, 12);
        Tensor with = Run(Everything(), []);
        Elements.AssertClose(with, Run(Everything(), [pass]), 1e-6, 1e-6);
        Elements.AssertClose(with, Run(Everything(), [nameof(ConstantFolding), .. FusionPasses.All.Select(other => other.Name)]), 1e-6, 1e-6);

        Tensor Run(OnnxModel model, string[] without)
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = without.ToHashSet() });
            return session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value;
        }
    }

    [Fact]
    public void A_dense_layer_becomes_one_node() =>
        Assert.Equal(["Gemm+Relu", "Gemm+Sigmoid", "Gemm+Tanh"], Compiled(Networks.Mlp(1, [12, 9, 7, 5], [new O.Relu(), new O.Sigmoid(), new O.Tanh()], asMatMul: true)));

    [Fact]
    public void Everything_folds_into_three_products_and_a_softmax() => Assert.Equal(["Gemm+Relu", "Gemm+Tanh", "Gemm+Sigmoid", "Softmax"], Compiled(Everything()));

    [Fact]
    public void A_product_with_a_second_reader_is_not_fused()
    {
        var builder = new ModelBuilder().Input("x", "N", 4);
        string product = builder.Node(new O.MatMul(), "x", builder.Constant(new RandomTensors(1).Float(4, 3)));
        string sum = builder.Node(new O.Add(), product, builder.Constant(new RandomTensors(2).Float(3)));
        Assert.Equal(["MatMul", "Add"], Compiled(builder.Output(product, sum).Build()));
    }

    [Fact]
    public void A_bias_that_is_not_one_row_is_not_fused()
    {
        var builder = new ModelBuilder().Input("x", 2, 4);
        string product = builder.Node(new O.MatMul(), "x", builder.Constant(new RandomTensors(1).Float(4, 3)));
        Assert.Equal(["MatMul", "Add"], Compiled(builder.Output(builder.Node(new O.Add(), product, builder.Constant(new RandomTensors(2).Float(2, 1)))).Build()));
    }

    [Fact]
    public void A_product_of_higher_rank_is_not_taken_for_a_Gemm()
    {
        var builder = new ModelBuilder().Input("x", 2, 3, 4);
        string product = builder.Node(new O.MatMul(), "x", builder.Constant(new RandomTensors(1).Float(4, 3)));
        Assert.Equal(["MatMul", "Relu"], Compiled(builder.Output(builder.Node(new O.Relu(), product)).Build()));
    }

    [Fact]
    public void Folding_stops_at_its_budget()
    {
        var builder = new ModelBuilder();
        string big = builder.Node(new O.Expand(), builder.Constant(Tensor.Vector(1f)), builder.Constant(Tensor.Vector(1000L, 1000L)));
        OnnxModel model = builder.Output(builder.Node(new O.ReduceSum(false), big)).Build();
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Limits = new OnnxLimits { MaxFoldedBytes = 1000 } });
        Assert.Equal(2, session.Program.Nodes.Length);
        Assert.Equal(1e6f, session.Run(new Dictionary<string, Tensor>()).GetAt(0).Value.As<float>().Span[0]);
    }

    private static OnnxModel Everything()
    {
        var random = new RandomTensors(4);
        var builder = new ModelBuilder().Input("x", "N", 12);
        string value = builder.Node(new O.Identity(), "x");
        string weight = builder.Node(new O.Mul(), builder.Constant(random.Float(12, 8)), builder.Constant(Tensor.Scalar(0.25f)));
        value = builder.Node(new O.Add(), builder.Constant(random.Float(1, 8)), builder.Node(new O.MatMul(), value, weight));
        value = builder.Node(new O.Dropout(), builder.Node(new O.Relu(), value));
        value = builder.Node(new O.Tanh(), builder.Node(new O.MatMul(), value, builder.Constant(random.Float(8, 6))));
        value = builder.Node(new O.Cast(ElementType.Float32), value);
        value = builder.Node(new O.Sigmoid(), builder.Node(new O.Gemm(0.5f, 2f, false, true), value, builder.Constant(random.Float(5, 6)), builder.Constant(random.Float(5))));
        return builder.Output(builder.Node(new O.Softmax(), value)).Build();
    }

    private static string[] Compiled(OnnxModel model)
    {
        using ManagedSession session = ManagedBackend.Compile(model);
        return [.. session.Program.Nodes.Select(node => node.Node.Operator.OpType)];
    }
}

using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Fusion;

/// <summary>What the models of <see cref="QuantizedModels"/> become, and that they mean the same.</summary>
public sealed class QuantizedFusionTests
{
    public static TheoryData<string> Names => [.. QuantizedModels.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_becomes_these_nodes(string name)
    {
        QuantizedModel @case = QuantizedModels.Get(name);
        using ManagedSession session = ManagedBackend.Compile(@case.Model);
        Assert.Equal(@case.Nodes, session.Program.Nodes.Select(node => node.Node.Operator.OpType));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fused_and_unfused_differ_by_one_step_at_most(string name)
    {
        QuantizedModel @case = QuantizedModels.Get(name);
        using ManagedSession fused = ManagedBackend.Compile(@case.Model);
        using ManagedSession unfused = ManagedBackend.Compile(@case.Model, new InferenceOptions { QuantizedArithmetic = QuantizedArithmetic.SpecUnfused });
        Dictionary<string, Tensor> feeds = @case.Feeds();
        OrderedDictionary<string, Tensor> expected = unfused.Run(feeds);
        foreach ((string output, Tensor actual) in fused.Run(feeds))
        {
            QuantizedModels.AssertWithinSteps(expected[output], actual, @case.IsExact ? 0 : @case.Step);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fused_model_allocates_nothing_when_it_runs(string name)
    {
        QuantizedModel @case = QuantizedModels.Get(name);
        using ManagedSession session = ManagedBackend.Compile(@case.Model, new InferenceOptions { Threads = 1 });
        Dictionary<string, Tensor> feeds = @case.Feeds();
        Tensor[] inputs = [.. session.Inputs.Select(input => feeds[input.Name])];
        Tensor[] outputs = [.. session.Run(feeds).Values.Select(value => Tensor.Create(value.ElementType, value.Shape))];
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    [Fact]
    public void What_stays_float_is_named()
    {
        using ManagedSession linear = ManagedBackend.Compile(QuantizedModels.Get("Resize linear").Model);
        Assert.Equal(["Resize"], linear.FloatNodes.Select(node => node.Operator.OpType));
        using ManagedSession whole = ManagedBackend.Compile(QuantizedModels.Get("Conv without bias").Model);
        Assert.Empty(whole.FloatNodes);
        using ManagedSession unquantized = ManagedBackend.Compile(Networks.Branched());
        Assert.Empty(unquantized.FloatNodes);
    }

    [Fact]
    public void Without_the_pass_and_with_the_specifications_arithmetic_nothing_is_fused()
    {
        OnnxModel model = QuantizedModels.Get("Conv per channel int8").Model;
        foreach (InferenceOptions options in new InferenceOptions[] { new() { DisabledPasses = new HashSet<string> { "QuantizedFusion" } }, new() { QuantizedArithmetic = QuantizedArithmetic.SpecUnfused } })
        {
            using ManagedSession session = ManagedBackend.Compile(model, options);
            Assert.Equal(["QuantizeLinear", "DequantizeLinear", "Conv", "QuantizeLinear", "DequantizeLinear"], session.Program.Nodes.Select(node => node.Node.Operator.OpType));
        }
    }

    [Fact]
    public void What_is_inside_of_a_branch_is_fused()
    {
        var inner = new OnnxGraph { Name = "branch" };
        inner.Initializers.Add("s", Tensor.Scalar(0.02f));
        inner.Initializers.Add("z", Tensor.Scalar((byte)100));
        inner.Nodes.Add(new OnnxNode("q", new O.QuantizeLinear(), ["x", "s", "z"], ["xq"]));
        inner.Nodes.Add(new OnnxNode("d", new O.DequantizeLinear(), ["xq", "s", "z"], ["xd"]));
        inner.Nodes.Add(new OnnxNode("t", new O.Tanh(), ["xd"], ["t"]));
        inner.Nodes.Add(new OnnxNode("r", new O.QuantizeLinear(), ["t", "s", "z"], ["tq"]));
        inner.Nodes.Add(new OnnxNode("e", new O.DequantizeLinear(), ["tq", "s", "z"], ["y"]));
        inner.Outputs.Add(new ValueInfo("y", ElementType.Undefined, null));
        var builder = new ModelBuilder().Input("x", 3).Input("c", ElementType.Bool, new SymbolicShape());
        OnnxModel model = builder.Output(builder.Node(new O.If(inner, inner), "c")).Build();
        using ManagedSession session = ManagedBackend.Compile(model);
        Assert.Equal(["QuantizeLinear", "Table(Tanh)", "DequantizeLinear"], session.Program.Nodes.Single().Node.Subgraphs[0]!.Nodes.Select(node => node.Operator.OpType));
        using ManagedSession unfused = ManagedBackend.Compile(model, new InferenceOptions { QuantizedArithmetic = QuantizedArithmetic.SpecUnfused });
        var feeds = new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(-1f, 0.3f, 2f), ["c"] = Tensor.Scalar(true) };
        Elements.AssertClose(unfused.Run(feeds).GetAt(0).Value, session.Run(feeds).GetAt(0).Value, 0, 0);
    }
}

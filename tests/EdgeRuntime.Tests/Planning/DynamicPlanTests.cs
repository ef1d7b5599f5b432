using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Planning;

/// <summary>Graphs in which a shape is known only once a kernel has seen its inputs' values.</summary>
public sealed class DynamicPlanTests
{
    [Fact]
    public void A_shape_that_follows_from_values_may_differ_from_run_to_run()
    {
        // The elements above 0, doubled.
        var builder = new ModelBuilder().Input("x", "N");
        string positive = builder.Node(new O.Greater(), "x", builder.Constant(Tensor.Scalar(0f)));
        string where = builder.Node(new O.Transpose(), builder.Node(new O.NonZero(), positive));
        string picked = builder.Node(new O.GatherND(), "x", where);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Add(), picked, picked)).Build());
        Assert.Null(Assert.Single(session.InferOutputShapes([[4]])));
        Assert.Equal([2f, 6f], Run(session, 1f, -1f, 3f, 0f));
        Assert.Equal([], Run(session, -1f, -1f, -3f, 0f));
        Assert.Equal([2f, 4f, 6f, 8f], Run(session, 1f, 2f, 3f, 4f));
    }

    [Fact]
    public void An_output_that_the_caller_gives_has_to_have_the_shape_that_the_values_ask_for()
    {
        var builder = new ModelBuilder().Input("x", 3).Input("c", ElementType.Bool, new SymbolicShape(3));
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Compress(0), "x", "c")).Build());
        Tensor[] inputs = [Tensor.Vector(1f, 2f, 3f), Tensor.Vector(true, false, true)];
        var y = new Tensor<float>([2]);
        session.Run(inputs, [y]);
        Assert.Equal([1f, 3f], y.ToArray());
        Assert.Throws<ArgumentException>(() => session.Run(inputs, [new Tensor<float>([3])]));
    }

    [Fact]
    public void What_follows_from_constants_is_folded()
    {
        var builder = new ModelBuilder().Input("x", 4, 2);
        string rows = builder.Node(new O.NonZero(), builder.Constant(Tensor.Vector(true, false, false, true)));
        string flat = builder.Node(new O.Squeeze(), rows, builder.Constant(Tensor.Vector(0L)));
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Gather(), "x", flat)).Build());
        Assert.Single(session.Program.Nodes);
        Assert.Equal(new Shape(2, 2), Assert.Single(session.InferOutputShapes([[4, 2]])));
    }

    [Fact]
    public void Only_the_outputs_that_somebody_wants_are_made()
    {
        var builder = new ModelBuilder().Input("x", "N");
        builder.Node(new O.Unique(), ["x"], ["", "", "inverse", "counts"]).Output("inverse", "counts");
        using ManagedSession session = ManagedBackend.Compile(builder.Build());
        OrderedDictionary<string, Tensor> y = session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(2f, 1f, 2f) });
        Assert.Equal([1L, 0L, 1L], y["inverse"].As<long>().ToArray());
        Assert.Equal([1L, 2L], y["counts"].As<long>().ToArray());
    }

    [Fact]
    public void What_the_values_ask_for_stays_within_the_limits()
    {
        var builder = new ModelBuilder().Input("x", 1, 1, 1, 1, 1, 1, 1, 4096);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.NonZero(), "x")).Build(), new InferenceOptions { Limits = new OnnxLimits { MaxTensorBytes = 1 << 16 } });
        ArgumentException exception = Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Ones<float>([1, 1, 1, 1, 1, 1, 1, 4096]) }));
        Assert.Contains("exceeds the limit", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Run(ManagedSession session, params float[] x) =>
        session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector<float>(x) }).GetAt(0).Value.As<float>().ToArray();
}

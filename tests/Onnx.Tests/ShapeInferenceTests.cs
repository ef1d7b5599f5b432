using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Onnx.Operators.Shape;

namespace Toolkit.Onnx.Tests;

public class ShapeInferenceTests
{
    [Fact]
    public void The_symbolic_batch_goes_through_a_network()
    {
        IReadOnlyDictionary<string, ValueInfo> values = ShapeInference.Run(Models.Mlp());
        Assert.Equal("h float32 [N,3]", values["h"].ToString());
        Assert.Equal("z float32 [N,2]", values["z"].ToString());
        Assert.Equal("w1 float32 [4,3]", values["w1"].ToString());
        Assert.Equal(["x", "w1", "b1", "w2", "h", "r", "z", "y"], values.Keys);
    }

    [Fact]
    public void A_shape_that_is_computed_from_the_batch_keeps_its_symbol()
    {
        // What exporters write for x.view(x.size(0), 2 * x.size(1), -1).
        OnnxGraph graph = Graph(Models.Float("x", "N", 3, 4, 5));
        graph.Initializers.Add("zero", Tensor.Scalar(0L));
        graph.Initializers.Add("one", Tensor.Scalar(1L));
        graph.Initializers.Add("two", Tensor.Scalar(2L));
        graph.Initializers.Add("axis0", Tensor.Vector(0L));
        graph.Initializers.Add("rest", Tensor.Vector(-1L));
        Add(graph, new Shape(), "s", "x");
        Add(graph, new Gather(), "n", "s", "zero");
        Add(graph, new Gather(), "c", "s", "one");
        Add(graph, new Mul(), "cc", "c", "two");
        Add(graph, new Unsqueeze(), "n1", "n", "axis0");
        Add(graph, new Unsqueeze(), "cc1", "cc", "axis0");
        Add(graph, new Concat(0), "target", "n1", "cc1", "rest");
        Add(graph, new Cast(ElementType.Int64), "target64", "target");
        Add(graph, new Reshape(), "y", "x", "target64");
        Assert.Equal("y float32 [N,6,10]", ShapeInference.Run(graph)["y"].ToString());
    }

    [Fact]
    public void Arithmetic_on_known_sizes_is_folded()
    {
        OnnxGraph graph = Graph(Models.Float("x", 4, 6));
        graph.Initializers.Add("two", Tensor.Vector(2L));
        graph.Initializers.Add("from", Tensor.Vector(0L));
        graph.Initializers.Add("to", Tensor.Vector(1L));
        Add(graph, new Shape(), "s", "x");
        Add(graph, new Slice(), "rows", "s", "from", "to");
        Add(graph, new Div(), "half", "rows", "two");
        Add(graph, new Sub(), "less", "rows", "half");
        Add(graph, new Add(), "more", "less", "two");
        Add(graph, new Squeeze(), "scalar", "more");
        Add(graph, new Expand(), "y", "x1", "more");
        graph.Initializers.Add("x1", Tensor.Vector(1f));
        Assert.Equal("y float32 [4]", ShapeInference.Run(graph)["y"].ToString());
    }

    [Theory]
    [InlineData(new long[] { 0, -1 }, "[N,60]")]
    [InlineData(new long[] { -1, 60 }, "[N,60]")]
    [InlineData(new long[] { -1, 3, 20 }, "[N,3,20]")]
    [InlineData(new long[] { -1, 120 }, "[?,120]")]
    [InlineData(new long[] { 0, 0, 20 }, "[N,3,20]")]
    [InlineData(new long[] { 60, -1 }, "[60,N]")]
    [InlineData(new long[] { 2, 30, -1 }, "[2,30,N]")]
    public void Reshape_keeps_the_batch_where_it_can(long[] target, string expected)
    {
        OnnxGraph graph = Graph(Models.Float("x", "N", 3, 4, 5));
        graph.Initializers.Add("target", Tensor.Vector<long>(target));
        Add(graph, new Reshape(), "y", "x", "target");
        Assert.Equal(expected, ShapeInference.Run(graph)["y"].Shape!.ToString());
    }

    [Fact]
    public void Reshape_may_ask_for_a_size_of_0()
    {
        OnnxGraph graph = Graph(Models.Float("x", 0, 3));
        graph.Initializers.Add("target", Tensor.Vector(3L, 0L));
        Add(graph, new Reshape(AllowZero: true), "y", "x", "target");
        Assert.Equal("[3,0]", ShapeInference.Run(graph)["y"].Shape!.ToString());
    }

    [Theory]
    [InlineData("N", "N", "N")]
    [InlineData("N", "M", "?")]
    [InlineData("N", "1", "N")]
    [InlineData("N", "5", "5")]
    [InlineData("?", "N", "?")]
    [InlineData("?", "1", "?")]
    public void Symbols_broadcast_as_far_as_they_are_known(string a, string b, string expected)
    {
        OnnxGraph graph = Graph(new ValueInfo("x", ElementType.Float32, new SymbolicShape(Dim(a))));
        graph.Inputs.Add(new ValueInfo("b", ElementType.Float32, new SymbolicShape(Dim(b))));
        Add(graph, new Add(), "y", "x", "b");
        Assert.Equal($"[{expected}]", ShapeInference.Run(graph)["y"].Shape!.ToString());

        static Dimension Dim(string text) => text == "?" ? Dimension.Unknown : long.TryParse(text, out long size) ? size : text;
    }

    [Theory]
    [InlineData(0, 10, 3, 4)]
    [InlineData(2, -1, 1, 7)]
    [InlineData(-100, 100, 1, 10)]
    [InlineData(9, -100, -1, 10)]
    [InlineData(9, 0, -4, 3)]
    [InlineData(5, 5, 1, 0)]
    [InlineData(7, 3, 1, 0)]
    [InlineData(0, long.MaxValue, 1, 10)]
    [InlineData(-1, long.MinValue, -1, 10)]
    [InlineData(9, -100, long.MinValue, 1)]
    public void Slice_takes_what_Python_takes(long start, long end, long step, long expected)
    {
        OnnxGraph graph = Graph(Models.Float("x", 10));
        graph.Initializers.Add("start", Tensor.Vector(start));
        graph.Initializers.Add("end", Tensor.Vector(end));
        graph.Initializers.Add("axes", Tensor.Vector(0L));
        graph.Initializers.Add("step", Tensor.Vector(step));
        Add(graph, new Slice(), "y", "x", "start", "end", "axes", "step");
        Assert.Equal(expected, ShapeInference.Run(graph)["y"].Shape![0].Size);
    }

    [Fact]
    public void A_declared_output_that_contradicts_the_nodes_is_an_error()
    {
        OnnxModel model = Models.Mlp();
        model.Graph.Outputs[0] = Models.Float("y", "N", 3);
        Assert.Contains("declared as [N,3], but the nodes make [N,2]", Assert.Throws<OnnxModelException>(() => ShapeInference.Run(model)).Message, StringComparison.Ordinal);
        model.Graph.Outputs[0] = Models.Float("y", "N");
        Assert.Throws<OnnxModelException>(() => ShapeInference.Run(model));
        model.Graph.Outputs[0] = new ValueInfo("y", ElementType.Float64, null);
        Assert.Throws<OnnxModelException>(() => ShapeInference.Run(model));
        model.Graph.Outputs[0] = new ValueInfo("nothing", ElementType.Float32, null);
        Assert.Throws<OnnxModelException>(() => ShapeInference.Run(model));
    }

    private static OnnxGraph Graph(ValueInfo input)
    {
        var graph = new OnnxGraph { Name = "g" };
        graph.Inputs.Add(input);
        return graph;
    }

    private static void Add(OnnxGraph graph, Operator @operator, string output, params string[] inputs) =>
        graph.Nodes.Add(new OnnxNode($"node_{output}", @operator, inputs, [output]));
}

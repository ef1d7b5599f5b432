using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Operators;

public class ControlFlowTests
{
    /// <summary>Operators with subgraphs, whose cases are here.</summary>
    public static readonly string[] Covered = ["If", "Loop", "Scan", "SequenceMap"];

    private static readonly ValueInfo X = Models.Float("x", "N", 3);
    private static readonly ValueInfo Flag = new("c", ElementType.Bool, new SymbolicShape());
    private static readonly ValueInfo Any = new("any", ElementType.Undefined, null);

    [Fact]
    public void If_gives_what_holds_for_both_branches()
    {
        var op = new If(Graph([], ["t"], Node("a", new Relu(), ["x"], "t")), Graph([], ["e"], Node("a", new Concat(0), ["x", "x"], "e")));
        OnnxModel model = Model([Flag, X], Node("if", op, ["c"], "y"));
        Assert.Equal("y float32 [?,3]", Infer(model, "y"));
    }

    [Fact]
    public void If_with_a_known_condition_gives_the_branch_that_it_chooses()
    {
        var op = new If(Graph([], ["t"], Node("a", new Relu(), ["x"], "t")), Graph([], ["e"], Node("a", new Size(), ["x"], "e")));
        OnnxModel model = Model([X], Node("if", op, ["c"], "y"));
        model.Graph.Initializers.Add("c", Tensor.Scalar(false));
        Assert.Equal("y int64 []", Infer(model, "y"));
    }

    [Fact]
    public void Branches_of_different_types_or_numbers_of_outputs_are_refused()
    {
        OnnxGraph relu = Graph([], ["t"], Node("a", new Relu(), ["x"], "t"));
        Refused(new If(relu, Graph([], ["e"], Node("a", new Size(), ["x"], "e"))), "expected one type");
        Refused(new If(relu, Graph([], ["e", "e"], Node("a", new Relu(), ["x"], "e"))), "expected 1 outputs of else_branch");
        Refused(new If(Graph([X with { Name = "z" }], ["z"]), relu), "expected 0 inputs of then_branch");
        Refused(new If(relu, Graph([], ["nothing"])), "'nothing'");

        static void Refused(Operator op, string message) =>
            Assert.Contains(message, Assert.Throws<OnnxModelException>(() => ShapeInference.Run(Model([Flag, X], Node("if", op, ["c"], "y")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loop_counts_its_trips_where_nothing_else_ends_it()
    {
        OnnxGraph body = Graph([Any with { Name = "i" }, Any with { Name = "c_in" }, Any with { Name = "v" }], ["c_in", "w", "w"], Node("a", new Relu(), ["v"], "w"));
        OnnxModel model = Model([X], Node("loop", new Loop(body), ["trips", "", "x"], "y", "s"));
        model.Graph.Initializers.Add("trips", Tensor.Scalar(5L));
        Assert.Equal("y float32 [N,3]", Infer(model, "y"));
        Assert.Equal("s float32 [5,N,3]", Infer(model, "s"));
    }

    [Fact]
    public void What_a_loop_changes_is_not_taken_for_known()
    {
        OnnxGraph body = Graph([Any with { Name = "i" }, Any with { Name = "c_in" }, Any with { Name = "v" }], ["c_in", "w"], Node("a", new Concat(0), ["v", "x"], "w"));
        OnnxModel model = Model([X, new ValueInfo("m", ElementType.Int64, new SymbolicShape())], Node("loop", new Loop(body), ["m", "", "x"], "y"));
        Assert.Equal("y float32 [?,3]", Infer(model, "y"));
        body = Graph([Any with { Name = "i" }, Any with { Name = "c_in" }, Any with { Name = "v" }], ["c_in", "w"], Node("a", new Unsqueeze(), ["v", "zero"], "w"));
        model = Model([X, new ValueInfo("m", ElementType.Int64, new SymbolicShape())], Node("loop", new Loop(body), ["m", "", "x"], "y"));
        model.Graph.Initializers.Add("zero", Tensor.Vector(0L));
        Assert.Equal("y float32 of unknown rank", Infer(model, "y"));
    }

    [Fact]
    public void Loops_with_wrong_bodies_are_refused()
    {
        ValueInfo[] inputs = [Any with { Name = "i" }, Any with { Name = "c_in" }, Any with { Name = "v" }];
        Refused(Graph(inputs[..2], ["c_in"]), "expected 3 inputs of the body");
        Refused(Graph(inputs, ["c_in"]), "expected 2 outputs of the body or more");
        Refused(Graph(inputs, ["v", "v"]), "expected a bool");
        Refused(Graph(inputs, ["c_in", "n"], Node("a", new Size(), ["v"], "n")), "expected one type");
        Refused(Graph(inputs, ["c_in", "w"], Node("a", new Relu(), ["later"], "w")), "reads 'later'");
        Refused(Graph(inputs, ["c_in", "x"], Node("a", new Relu(), ["v"], "x")), "the name 'x'");

        static void Refused(OnnxGraph body, string message) =>
            Assert.Contains(message, Assert.Throws<OnnxModelException>(() => ShapeInference.Run(Model([X], Node("loop", new Loop(body), ["", "", "x"], "y")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_cuts_its_inputs_and_joins_its_results()
    {
        OnnxGraph body = Graph([Any with { Name = "state" }, Any with { Name = "slice" }], ["sum", "sum"], Node("a", new Add(), ["state", "slice"], "sum"));
        OnnxModel model = Model([Models.Float("s", "N"), Models.Float("x", "N", 7)], Node("scan", new Scan(body, 1, InputAxes: [1], OutputAxes: [-1], OutputDirections: [1]), ["s", "x"], "y", "z"));
        Assert.Equal("y float32 [N]", Infer(model, "y"));
        Assert.Equal("z float32 [N,7]", Infer(model, "z"));
        model = Model([Models.Float("s", "N"), Models.Float("x", "N", 7)], Node("scan", new Scan(body, 3), ["s", "x"], "y"));
        Assert.Throws<OnnxModelException>(() => ShapeInference.Run(model));
    }

    [Fact]
    public void A_batched_scan_leaves_the_batch_where_it_is()
    {
        OnnxGraph body = Graph([Any with { Name = "state" }, Any with { Name = "slice" }], ["sum", "sum"], Node("a", new Add(), ["state", "slice"], "sum"));
        OnnxModel model = Model([Models.Float("s", "N", 2), Models.Float("x", "N", 7, 2)], Node("scan", new Scan(body, 1, IsBatched: true), ["", "s", "x"], "y", "z"));
        model.OpsetImports[""] = 8;
        Assert.Equal("y float32 [N,2]", Infer(model, "y"));
        Assert.Equal("z float32 [N,7,2]", Infer(model, "z"));
        AssertRoundTrip(model);
    }

    [Fact]
    public void SequenceMap_gives_sequences()
    {
        OnnxGraph body = Graph([Any with { Name = "e" }], ["s"], Node("a", new Onnx.Operators.Shape(), ["e"], "s"));
        OnnxModel model = Model([new ValueInfo("q", new SequenceType(new TensorType(ElementType.Float32, new SymbolicShape("H", "W"))))], Node("map", new SequenceMap(body), ["q"], "y"));
        Assert.Equal("y sequence(int64 [2])", Infer(model, "y"));
        AssertRoundTrip(model);
    }

    [Fact]
    public void Nested_graphs_are_read_back_as_they_were_written()
    {
        OnnxGraph inner = Graph([], ["t"], Node("a", new Add(), ["v", "x"], "t"));
        OnnxGraph other = Graph([], ["e"], Node("a", new Mul(), ["v", "w"], "e"));
        OnnxGraph body = Graph(
            [new ValueInfo("i", ElementType.Int64, new SymbolicShape()), Any with { Name = "c_in" }, new ValueInfo("v", new TensorType(ElementType.Float32))],
            ["c_in", "u"], Node("if", new If(inner, other), ["c_in"], "u"));
        OnnxModel model = Model([X], Node("loop", new Loop(body), ["trips", "", "x"], "y"));
        model.Graph.Initializers.Add("trips", Tensor.Scalar(5L));
        model.Graph.Initializers.Add("w", Tensor.Scalar(2f));
        AssertRoundTrip(model);
    }

    [Fact]
    public void Inference_of_deeply_nested_loops_takes_no_time()
    {
        OnnxGraph body = Graph([Any with { Name = "i0" }, Any with { Name = "c0" }, Any with { Name = "v0" }], ["c0", "w0"], Node("a", new Concat(0), ["v0", "x"], "w0"));
        for (int depth = 1; depth < 30; depth++)
        {
            body = Graph(
                [Any with { Name = $"i{depth}" }, Any with { Name = $"c{depth}" }, Any with { Name = $"v{depth}" }],
                [$"c{depth}", $"w{depth}"], Node("loop", new Loop(body), ["", "", $"v{depth}"], $"w{depth}"));
        }

        OnnxModel model = Model([X], Node("loop", new Loop(body), ["", "", "x"], "y"));
        Assert.Equal("y float32 of unknown rank", Infer(OnnxModel.Parse(model.ToBytes()), "y"));
    }

    private static void AssertRoundTrip(OnnxModel model)
    {
        // Reading adds the types that were left to inference.
        OnnxModel read = OnnxModel.Parse(model.ToBytes());
        Assert.Equal(model.Graph.Nodes[0].Operator.GetType(), read.Graph.Nodes[0].Operator.GetType());
        Assert.Equal(ShapeInference.Run(model).Values, ShapeInference.Run(read).Values);
        byte[] bytes = read.ToBytes();
        Assert.Equal(bytes, OnnxModel.Parse(bytes).ToBytes());
    }

    private static string Infer(OnnxModel model, string name) => ShapeInference.Run(model)[name].ToString();

    private static OnnxNode Node(string name, Operator op, string[] inputs, params string[] outputs) => new(name, op, inputs, outputs);

    private static OnnxGraph Graph(ValueInfo[] inputs, string[] outputs, params OnnxNode[] nodes)
    {
        var graph = new OnnxGraph { Name = "inner" };
        foreach (ValueInfo input in inputs)
        {
            graph.Inputs.Add(input);
        }

        foreach (OnnxNode node in nodes)
        {
            graph.Nodes.Add(node);
        }

        foreach (string output in outputs)
        {
            graph.Outputs.Add(new ValueInfo(output, ElementType.Undefined, null));
        }

        return graph;
    }

    private static OnnxModel Model(ValueInfo[] inputs, OnnxNode node) => new(Graph(inputs, [.. node.Outputs], node)) { IrVersion = 10 };
}

using Google.Protobuf;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;
using AttributeType = Toolkit.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Toolkit.Onnx.Tests.Reading;

public class FunctionTests
{
    private const string Domain = "local";

    [Fact]
    public void A_call_becomes_the_nodes_of_its_function()
    {
        OnnxGraph graph = Read(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Node("Relu", "a", "h"), Node("Neg", "h", "b")))).Graph;
        Assert.Equal(["Relu", "Neg"], graph.Nodes.Select(node => node.Operator.OpType));
        Assert.Equal("x", graph.Nodes[0].Inputs[0]);
        Assert.Equal(graph.Nodes[0].Outputs[0], graph.Nodes[1].Inputs[0]);
        Assert.Equal("y", graph.Nodes[1].Outputs[0]);
    }

    [Fact]
    public void Every_call_has_values_of_its_own()
    {
        ModelProto model = With(Of(17, [2], Call("F", "x", "z"), Call("F", "z", "y")), Function("F", "a", "b", Node("Relu", "a", "h"), Node("Neg", "h", "b")));
        model.Graph.Node.Insert(0, Node("Abs", "x", "F/h"));
        OnnxGraph graph = Read(model).Graph;
        Assert.Equal(5, graph.Nodes.SelectMany(node => node.Outputs).Distinct().Count());
        Assert.Equal(5, graph.Nodes.Select(node => node.Name).Distinct().Count());
    }

    [Fact]
    public void Attributes_come_from_the_call_or_from_the_function()
    {
        FunctionProto function = Function("F", "a", "b", Node("Elu", "a", "h", Reference("alpha", "slope")), Node("LeakyRelu", "h", "b", Reference("alpha", "leak")));
        function.Attribute.Add("leak");
        function.AttributeProto.Add(Float("slope", 0.5f));
        NodeProto call = Call("F", "x", "y");
        Assert.Equal([new Elu(0.5f), new LeakyRelu(0.01f)], Read(With(Of(17, [2], call), function)).Graph.Nodes.Select(node => node.Operator));
        call.Attribute.Add([Float("slope", 2), Float("leak", 3)]);
        Assert.Equal([new Elu(2), new LeakyRelu(3)], Read(With(Of(17, [2], call), function)).Graph.Nodes.Select(node => node.Operator));
        call.Attribute[0] = Int("slope", 2);
        Refused(With(Of(17, [2], call), function), "of type Float, got Int");
        call.Attribute[0] = Float("other", 2);
        Refused(With(Of(17, [2], call), function), "has no attribute 'other'");
    }

    [Fact]
    public void Functions_call_functions_and_are_found_by_overload()
    {
        FunctionProto inner = Function("G", "a", "b", Node("Relu", "a", "b"));
        FunctionProto other = Function("G", "a", "b", Node("Neg", "a", "b"));
        other.Overload = "other";
        NodeProto call = Call("G", "h", "b");
        call.Overload = "other";
        ModelProto model = With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Call("G", "a", "h"), call), inner, other);
        Assert.Equal(["Relu", "Neg"], Read(model).Graph.Nodes.Select(node => node.Operator.OpType));
        call.Overload = "third";
        Assert.Throws<UnsupportedOperatorException>(() => Read(model));
    }

    [Fact]
    public void A_function_is_read_by_its_own_opset()
    {
        // In opset 11 axes are an attribute, in 13 an input.
        FunctionProto function = Function("F", "a", "b", Node("Squeeze", "a", "b", Ints("axes", 0)));
        function.OpsetImport.Add(new OperatorSetIdProto { Version = 11 });
        OnnxGraph graph = Read(With(Of(17, [1, 2], Call("F", "x", "y")), function)).Graph;
        Assert.Equal(2, Assert.Single(graph.Nodes).Inputs.Count);
        Assert.Equal("y float32 [2]", graph.Outputs[0].ToString());
    }

    [Fact]
    public void A_function_that_has_the_name_of_an_operator_replaces_it()
    {
        FunctionProto function = Function("Relu", "a", "b", Node("Neg", "a", "b"));
        function.Domain = "";
        Assert.IsType<Neg>(Assert.Single(Read(With(Of(17, [2], Node("Relu", "x", "y")), function)).Graph.Nodes).Operator);
    }

    [Fact]
    public void Outputs_that_are_inputs_and_inputs_that_are_left_out_are_allowed()
    {
        OnnxGraph graph = Read(With(Of(17, [2], Call("F", "x", "y z")), Function("F", "a lo", "a b", Node("Clip", "a lo", "b")))).Graph;
        Assert.Equal(["Clip", "Identity"], graph.Nodes.Select(node => node.Operator.OpType));
        Assert.Equal("y", graph.Nodes[1].Outputs[0]);
        Assert.Equal("x", graph.Nodes[1].Inputs[0]);
    }

    [Fact]
    public void Subgraphs_of_a_function_see_its_values()
    {
        var branch = new GraphProto { Name = "b", Node = { Node("Neg", "a", "t") }, Output = { new ValueInfoProto { Name = "t" } } };
        var other = new GraphProto { Name = "b", Output = { new ValueInfoProto { Name = "a" } } };
        NodeProto choose = Node("If", "c", "b", GraphAttribute("then_branch", branch), GraphAttribute("else_branch", other));
        ModelProto model = With(Of(17, [2], Call("F", "x", "y"), Call("F", "y", "z")), Function("F", "a", "b", Node("ReduceSum", "a", "s"), Node("Cast", "s", "d", Int("to", 9)), Node("Squeeze", "d", "c"), choose));
        OnnxModel read = Read(model);
        Assert.Equal(2, read.Graph.Nodes.Count(node => node.Operator is If));
        var first = (If)read.Graph.Nodes.First(node => node.Operator is If).Operator;
        Assert.Equal("x", first.ThenBranch.Nodes[0].Inputs[0]);
        Assert.Equal(read.ToBytes(), OnnxModel.Parse(read.ToBytes()).ToBytes());
    }

    [Fact]
    public void Functions_that_call_themselves_are_refused()
    {
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Call("F", "a", "b"))), "it calls itself");
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Call("G", "a", "b")), Function("G", "a", "b", Call("F", "a", "b"))), "through 'G'");
        var branch = new GraphProto { Name = "b", Node = { Call("F", "a", "t") }, Output = { new ValueInfoProto { Name = "t" } } };
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Node("If", "a", "b", GraphAttribute("then_branch", branch), GraphAttribute("else_branch", branch)))), "it calls itself");
    }

    [Fact]
    public void Functions_that_grow_without_bound_are_refused()
    {
        // Each calls the next twice: 2^40 nodes out of a few hundred bytes.
        FunctionProto[] functions = [.. Enumerable.Range(0, 40).Select(i => Function($"F{i}", "a", "b", Call($"F{i + 1}", "a", "h"), Call($"F{i + 1}", "h", "b"))), Function("F40", "a", "b", Node("Relu", "a", "b"))];
        Refused(With(Of(17, [2], Call("F0", "x", "y")), functions), "MaxDepth");
        Refused(With(Of(17, [2], Call("F15", "x", "y")), functions), "MaxNodes");
        FunctionProto large = Function("F40", "a", "b", Node("Constant", "", "c", new AttributeProto { Name = "value", Type = AttributeType.Tensor, T = Floats("", [1000], new float[1000]) }), Node("Add", "a c", "b"));
        large.Node[0].Input.Clear();
        ModelProto model = With(Of(17, [1000], Call("F30", "x", "y")), [.. functions[..40], large]);
        Assert.Contains("MaxFileBytes", Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(model.ToByteArray(), new OnnxLimits { MaxFileBytes = 1 << 20 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_with_wrong_signatures_are_refused()
    {
        FunctionProto function = Function("F", "a", "b", Node("Relu", "a", "b"));
        Refused(With(Of(17, [2], Call("F", "x x", "y")), function), "expected 1 inputs at most, got 2");
        Refused(With(Of(17, [2], Call("F", "x", "y z")), function), "expected 1 outputs at most, got 2");
        Refused(With(Of(17, [2], Call("F", "x", "y")), function, function), "there twice");
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a a", "b", Node("Relu", "a", "b"))), "two inputs have the name 'a'");
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Node("Relu", "x", "b"))), "reads 'x'");
        Refused(With(Of(17, [2], Call("F", "x", "y")), Function("F", "a", "b", Node("Relu", "a", "c"))), "nothing makes its output 'b'");
    }

    [Fact]
    public void Subgraphs_that_nest_deeply_are_refused()
    {
        var graph = new GraphProto { Name = "b", Output = { new ValueInfoProto { Name = "x" } } };
        for (int i = 0; i < 40; i++)
        {
            graph = new GraphProto { Name = "b", Node = { Node("If", "c", $"t{i}", GraphAttribute("then_branch", graph), GraphAttribute("else_branch", new GraphProto { Output = { new ValueInfoProto { Name = "x" } } })) }, Output = { new ValueInfoProto { Name = $"t{i}" } } };
        }

        ModelProto model = Of(17, [2]);
        model.Graph.Node.Add(graph.Node);
        model.Graph.Output[0].Name = "t39";
        Refused(model, "MaxDepth");
    }

    private static AttributeProto GraphAttribute(string name, GraphProto graph) => new() { Name = name, Type = AttributeType.Graph, G = graph };

    private static AttributeProto Reference(string name, string of) => new() { Name = name, Type = AttributeType.Float, RefAttrName = of };

    private static NodeProto Call(string function, string inputs, string outputs)
    {
        NodeProto call = Node(function, inputs, outputs);
        call.Domain = Domain;
        return call;
    }

    private static FunctionProto Function(string name, string inputs, string outputs, params NodeProto[] nodes) =>
        new() { Name = name, Domain = Domain, Input = { inputs.Split(' ') }, Output = { outputs.Split(' ') }, Node = { nodes } };

    private static ModelProto With(ModelProto model, params FunctionProto[] functions)
    {
        model.IrVersion = 10;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Domain, Version = 1 });
        model.Functions.Add(functions);
        return model;
    }

    private static void Refused(ModelProto model, string message) =>
        Assert.Contains(message, Assert.Throws<OnnxModelException>(() => Read(model)).Message, StringComparison.Ordinal);
}

using Google.Protobuf;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

public class GraphReaderTests
{
    private static ModelProto Valid() => Of(17, [-1, 4], Node("Relu", "x", "h"), Node("Tanh", "h", "y"));

    [Fact]
    public void A_valid_model_is_read() => Assert.Equal(["Relu", "Tanh"], Read(Valid()).Graph.Nodes.Select(node => node.Operator.OpType));

    [Fact]
    public void A_cycle_is_refused() =>
        Refused("Relu 'Relu_0': reads 'y', which only a later node makes (Tanh 'Tanh_1'): the graph has a cycle", model => model.Graph.Node[0].Input[0] = "y");

    [Fact]
    public void A_node_that_reads_its_own_output_is_refused() => Refused("cycle", model => model.Graph.Node[0].Input[0] = "h");

    [Fact]
    public void A_graph_that_is_not_in_topological_order_is_refused() => Refused("topological order", model =>
    {
        NodeProto first = model.Graph.Node[0];
        model.Graph.Node.RemoveAt(0);
        model.Graph.Node.Add(first);
    });

    [Fact]
    public void A_value_that_nothing_makes_is_refused() => Refused("reads 'q', which no input, initializer or node makes", model => model.Graph.Node[0].Input[0] = "q");

    [Fact]
    public void A_value_that_is_made_twice_is_refused() => Refused("'h' (output of Tanh 'Tanh_1') is taken already", model => model.Graph.Node[1].Output[0] = "h");

    [Fact]
    public void An_input_that_is_declared_twice_is_refused() => Refused("'x' (graph input) is taken already", model => model.Graph.Input.Add(Value("x", 1)));

    [Fact]
    public void An_initializer_that_is_there_twice_is_refused() => Refused("'w' (initializer) is taken already", model =>
        model.Graph.Initializer.Add([Floats("w", [1], 1), Floats("w", [1], 1)]));

    [Fact]
    public void An_initializer_without_a_name_is_refused() => Refused("a name for every initializer", model => model.Graph.Initializer.Add(Floats("", [1], 1)));

    [Fact]
    public void An_output_that_nothing_makes_is_refused() => Refused("Graph output 'z'", model => model.Graph.Output.Add(Value("z", 1)));

    [Fact]
    public void A_graph_without_outputs_is_refused() => Refused("one output at least", model => model.Graph.Output.Clear());

    [Fact]
    public void A_negative_dimension_is_refused() => Refused("dimensions of 0 or more, got -4", model =>
        model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = -4);

    [Fact]
    public void An_input_without_a_type_is_refused() => Refused("Graph input 'x': expected a type", model => model.Graph.Input[0].Type = null);

    [Fact]
    public void An_attribute_of_another_type_is_refused() => Refused("expected attribute 'alpha' of type Float, got Int", model =>
        model.Graph.Node[0] = Node("Elu", "x", "h", Int("alpha", 1)));

    [Fact]
    public void An_attribute_that_is_there_twice_is_refused() => Refused("'alpha' is there twice", model =>
        model.Graph.Node[0] = Node("Elu", "x", "h", Float("alpha", 1), Float("alpha", 2)));

    [Fact]
    public void An_attribute_that_refers_to_a_function_is_refused() => Refused("of a function", model =>
        model.Graph.Node[0] = Node("Elu", "x", "h", new AttributeProto { Name = "alpha", RefAttrName = "a" }));

    [Fact]
    public void A_flag_other_than_0_and_1_is_refused() => Refused("expected 0 or 1", model => model.Graph.Node[0] = Node("ArgMax", "x", "h", Int("keepdims", 2)));

    [Fact]
    public void A_missing_opset_import_is_refused()
    {
        Refused("one opset import at least", model => model.OpsetImport.Clear());
        Refused("its domain 'ai.onnx' is not among", model => model.OpsetImport[0].Domain = "com.example");
    }

    [Fact]
    public void An_opset_that_is_imported_twice_is_refused() => Refused("imported twice", model =>
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 17 }));

    [Theory]
    [InlineData(2)]
    [InlineData(14)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Another_IR_version_is_refused(long version) => Refused($"an IR version from 3 to 13, got {version}", model => model.IrVersion = version);

    [Fact]
    public void A_file_without_a_graph_is_refused() => Refused("without a graph", model => model.Graph = null);

    [Fact]
    public void More_nodes_than_the_limit_are_refused()
    {
        var limits = new OnnxLimits { MaxNodes = 1 };
        Assert.Contains("MaxNodes", Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(Valid().ToByteArray(), limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_bytes_than_the_limit_are_refused()
    {
        var limits = new OnnxLimits { MaxFileBytes = 10 };
        Assert.Contains("MaxFileBytes", Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(Valid().ToByteArray(), limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_counted_before_any_is_made()
    {
        ModelProto model = Valid();
        model.Graph.ValueInfo.Add(Enumerable.Range(0, 1000).Select(_ => new ValueInfoProto()));
        var limits = new OnnxLimits { MaxMessages = 1000 };
        Assert.Contains("MaxMessages", Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(model.ToByteArray(), limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } };
        for (int i = 0; i < 5000; i++)
        {
            type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = type } };
        }

        Refused("MaxDepth", model => model.Graph.Input[0].Type = type);
    }

    [Fact]
    public void Every_unsupported_operator_is_named_in_one_message()
    {
        ModelProto model = Valid();
        model.Graph.Node.Add([Node("Fancy", "y", "a"), Node("Fancy", "y", "b"), Node("Odd", "y", "c"), Node("Odd", "y", "d")]);
        model.Graph.Node[2].Name = "first";
        UnsupportedOperatorException exception = Assert.Throws<UnsupportedOperatorException>(() => Read(model));
        Assert.Equal("Fancy 'first' (ai.onnx opset 17): there is no support for this operator. Neither supported: Odd (2 nodes).", exception.Message);
        Assert.Equal(("Fancy", "", 17L, "first"), (exception.OpType, exception.Domain, exception.Opset, exception.Node));
    }

    [Fact]
    public void Operators_of_another_opset_are_unsupported()
    {
        ModelProto model = Of(999, [1], Node("Relu", "x", "y"));
        Assert.Contains("opset 999): it is supported up to opset", Assert.Throws<UnsupportedOperatorException>(() => Read(model)).Message, StringComparison.Ordinal);
        model = Of(5, [1], Node("Acos", "x", "y"));
        Assert.Contains("from opset 7 on", Assert.Throws<UnsupportedOperatorException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_attributes_are_unsupported()
    {
        ModelProto model = Of(17, [1], Node("Relu", "x", "y", Float("alpha", 1)));
        Assert.Contains("attribute 'alpha'", Assert.Throws<UnsupportedOperatorException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Initializers_among_the_inputs_are_not_fed()
    {
        ModelProto model = Of(17, [1, 2], Node("Add", "x w", "y"));
        model.IrVersion = 3;
        model.Graph.Initializer.Add(Floats("w", [2], 1, 2));
        model.Graph.Input.Add(Value("w", 2));
        OnnxGraph graph = Read(model).Graph;
        Assert.Equal(["x"], graph.Inputs.Select(input => input.Name));
        model.Graph.Input[1] = Value("w", 3);
        Assert.Contains("but its initializer is", Assert.Throws<OnnxModelException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_without_a_name_of_their_own_get_one()
    {
        ModelProto model = Of(17, [1], Node("Relu", "x", "a"), Node("Relu", "a", "b"), Node("Relu", "b", "c"), Node("Relu", "c", "y"));
        model.Graph.Node[0].Name = "same";
        model.Graph.Node[1].Name = "same";
        model.Graph.Node[2].Name = "Relu_3";
        string[] names = [.. Read(model).Graph.Nodes.Select(node => node.Name)];
        Assert.Equal(["same", "same_1", "Relu_3", "Relu_3_1"], names);
    }

    [Fact]
    public void Errors_stay_on_one_line_whatever_a_name_holds()
    {
        ModelProto model = Valid();
        model.Graph.Node[0].Name = "a\nb" + new string('z', 100_000);
        model.Graph.Node[0].Input[0] = "q\r\n";
        string message = Assert.Throws<OnnxModelException>(() => Read(model)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 1, 2000);
    }

    private static void Refused(string message, Action<ModelProto> damage)
    {
        ModelProto model = Valid();
        damage(model);
        Assert.Contains(message, Assert.Throws<OnnxModelException>(() => Read(model)).Message, StringComparison.Ordinal);
    }
}

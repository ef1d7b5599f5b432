using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;
using Shape = Toolkit.Onnx.Operators.Shape;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Forms of older opsets are read as the newest form, and written as the opset that is asked for.</summary>
public class OlderOpsetTests
{
    [Theory]
    [InlineData("ReduceMean", 17)]
    [InlineData("ReduceMax", 13)]
    [InlineData("ReduceMin", 11)]
    [InlineData("ReduceSum", 12)]
    [InlineData("Squeeze", 12)]
    [InlineData("Unsqueeze", 12)]
    public void Axes_become_a_constant_input_and_are_written_as_the_attribute_again(string opType, long opset)
    {
        ModelProto proto = Of(opset, [-1, 1, 4], Node(opType, "x", "y", Ints("axes", 1)));
        OnnxModel model = Read(proto);
        OnnxNode node = Assert.Single(model.Graph.Nodes);
        Assert.Equal(["x", $"{opType}_0/axes"], node.Inputs);
        Assert.Equal([1L], model.Graph.Initializers[node.Inputs[1]].As<long>().ToArray());

        NodeProto written = Assert.Single(ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node);
        Assert.Equal(["x"], written.Input);
        Assert.Equal([1L], written.Attribute.Single(attribute => attribute.Name == "axes").Ints);
        Assert.Empty(ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Initializer);

        model.OpsetImports[""] = 18;
        ModelProto newest = ModelProto.Parser.ParseFrom(model.ToBytes());
        Assert.Equal(node.Inputs, newest.Graph.Node[0].Input);
        Assert.DoesNotContain(newest.Graph.Node[0].Attribute, attribute => attribute.Name == "axes");
        Assert.Single(newest.Graph.Initializer);
    }

    [Fact]
    public void Axes_that_are_not_constant_cannot_be_written_as_an_attribute()
    {
        OnnxModel model = Models.OfNode(new ReduceMean(), ("x", Models.Float("x", 2, 3)), ("axes", new ValueInfo("axes", ElementType.Int64, new SymbolicShape(1))));
        Assert.Contains("is an attribute in opset 17; write a newer opset", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
        model.OpsetImports[""] = 18;
        Assert.NotEmpty(model.ToBytes());
    }

    [Fact]
    public void Clip_bounds_become_constant_inputs()
    {
        OnnxModel model = Read(Of(9, [4], Node("Clip", "x", "y", Float("max", 6))));
        Assert.Equal(["x", "", "Clip_0/max"], model.Graph.Nodes[0].Inputs);
        Assert.Equal(6f, model.Graph.Initializers["Clip_0/max"].As<float>().Span[0]);
        AttributeProto written = Assert.Single(ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute);
        Assert.Equal(("max", 6f), (written.Name, written.F));
    }

    [Fact]
    public void Dropout_ratio_becomes_a_constant_input()
    {
        OnnxModel model = Read(Of(10, [4], Node("Dropout", "x", "y mask", Float("ratio", 0.25f))));
        Assert.Equal(["x", "Dropout_0/ratio"], model.Graph.Nodes[0].Inputs);
        Assert.Equal(0.25f, ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute[0].F);
        Assert.Equal(new Dropout(HasNumericMask: true), Read(Of(7, [4], Node("Dropout", "x", "y mask"))).Graph.Nodes[0].Operator);
        Assert.Equal(["x"], Read(Of(6, [4], Node("Dropout", "x", "y", Int("is_test", 1)))).Graph.Nodes[0].Inputs);
        Assert.Equal(["x", "", "Dropout_0/training_mode"], Read(Of(1, [4], Node("Dropout", "x", "y", Ints("consumed_inputs", 0)))).Graph.Nodes[0].Inputs);
    }

    [Fact]
    public void The_first_opset_is_read()
    {
        Assert.Equal(new Relu(), Read(Of(1, [4], Node("Relu", "x", "y", Ints("consumed_inputs", 0)))).Graph.Nodes[0].Operator);
        Assert.Equal(new Cast(ElementType.Int64), Read(Of(1, [4], Node("Cast", "x", "y", new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8("INT64") }))).Graph.Nodes[0].Operator);
        Assert.Equal(new Concat(1), Read(Of(3, [4, 2], Node("Concat", "x x", "y"))).Graph.Nodes[0].Operator);
        Assert.Equal("[2,2]", Read(Of(1, [4], Node("Reshape", "x", "y", Ints("shape", 2, -1)))).Graph.Outputs[0].Shape!.ToString());
        Assert.Equal("[7]", Read(Of(1, [4], Node("Pad", "x", "y", Ints("paddings", 1, 2)))).Graph.Outputs[0].Shape!.ToString());
        Assert.Equal(new Selu(1.6732f, 1.0507f), Read(Of(1, [4], Node("Selu", "x", "y"))).Graph.Nodes[0].Operator);
        Assert.Contains("consumed_inputs", Assert.Throws<UnsupportedOperatorException>(() => Read(Of(6, [4], Node("Relu", "x", "y", Ints("consumed_inputs", 0))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slice_ranges_become_constant_inputs()
    {
        OnnxModel model = Read(Of(9, [-1, 10], Node("Slice", "x", "y", Ints("axes", 1), Ints("starts", 2), Ints("ends", -1))));
        Assert.Equal("[N,7]", model.Graph.Outputs[0].Shape!.ToString());
        Assert.Equal(["axes", "ends", "starts"], ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute.Select(attribute => attribute.Name));
    }

    [Theory]
    [InlineData(new long[] { -1, 10 }, 1L, 1)]
    [InlineData(new long[] { -1, 10, 1, 1 }, 1L, 1)]
    [InlineData(new long[] { -1, 3, 10 }, 2L, 2)]
    public void Softmax_over_one_axis_is_the_newest_form(long[] shape, long axis, int expected)
    {
        OnnxModel model = Read(Of(11, shape, Node("Softmax", "x", "y", Int("axis", axis))));
        Assert.Equal(new Softmax(expected), Assert.Single(model.Graph.Nodes).Operator);
    }

    [Fact]
    public void Softmax_over_several_axes_flattens_them()
    {
        OnnxModel model = Read(Of(11, [-1, 3, 10], Node("Softmax", "x", "y")));
        Assert.Equal([new Flatten(1), new Shape(), new Softmax(-1), new Reshape()], model.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal("y float32 [N,3,10]", model.Graph.Outputs[0].ToString());
        Assert.Equal(4, model.Graph.Nodes.Select(node => node.Name).Distinct().Count());
    }

    [Fact]
    public void Softmax_of_one_axis_is_not_written_in_an_opset_without_it()
    {
        OnnxModel model = Models.Mlp();
        model.OpsetImports[""] = 12;
        Assert.Contains("needs opset 13", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broadcasting_along_an_axis_becomes_NumPys()
    {
        ModelProto proto = Of(6, [-1, 3, 4, 5], Node("Add", "x w", "y", Int("broadcast", 1), Int("axis", 1)));
        proto.Graph.Initializer.Add(Floats("w", [3], 1, 2, 3));
        OnnxModel model = Read(proto);
        Assert.Equal([new Unsqueeze(), new Add()], model.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal("[3,1,1]", ShapeInference.Run(model)[model.Graph.Nodes[0].Outputs[0]].Shape!.ToString());
        proto.Graph.Node[0].Attribute[1].I = 9;
        Assert.Throws<OnnxModelException>(() => Read(proto));
    }

    [Fact]
    public void One_slope_a_channel_becomes_NumPys_broadcasting()
    {
        ModelProto proto = Of(6, [-1, 3, 4, 5], Node("PRelu", "x w", "y"));
        proto.Graph.Initializer.Add(Floats("w", [3], 1, 2, 3));
        Assert.Equal([new Unsqueeze(), new PRelu()], Read(proto).Graph.Nodes.Select(node => node.Operator));
    }

    [Fact]
    public void An_opset_that_lacks_an_operator_is_not_written()
    {
        OnnxModel model = Models.OfNode(new GreaterOrEqual(), ("x", Models.Float("x", 2)), ("z", Models.Float("z", 2)));
        model.OpsetImports[""] = 11;
        Assert.Contains("from 12 to", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
        model.OpsetImports.Clear();
        Assert.Contains("does not import", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_form_of_a_constant_is_read_as_a_tensor()
    {
        var strings = new AttributeProto { Name = "value_strings", Type = AttributeProto.Types.AttributeType.Strings, Strings = { Google.Protobuf.ByteString.CopyFromUtf8("a") } };
        var text = new AttributeProto { Name = "value_string", Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8("a") };
        var floats = new AttributeProto { Name = "value_floats", Type = AttributeProto.Types.AttributeType.Floats, Floats = { 1, 2 } };
        var tensor = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = Floats("", [1, 2], 1, 2) };
        Assert.Equal(new Constant(Tensor.From([1, 2], 1f, 2f)), Value(tensor));
        Assert.Equal(new Constant(Tensor.Scalar(3f)), Value(Float("value_float", 3)));
        Assert.Equal(new Constant(Tensor.Vector(1f, 2f)), Value(floats));
        Assert.Equal(new Constant(Tensor.Scalar(3L)), Value(Int("value_int", 3)));
        Assert.Equal(new Constant(Tensor.Vector(3L, 4L)), Value(Ints("value_ints", 3, 4)));
        Assert.Equal(new Constant(Tensor.Scalar("a")), Value(text));
        Assert.Equal(new Constant(Tensor.Vector("a")), Value(strings));
        Assert.NotEqual(new Constant(Tensor.Scalar(3L)), Value(Int("value_int", 4)));
        Assert.Throws<OnnxModelException>(() => Value());
        Assert.Throws<OnnxModelException>(() => Value(Int("value_int", 1), Float("value_float", 1)));

        static Operator Value(params AttributeProto[] attributes) => Read(Of(17, [1], Node("Constant", "", "y", attributes))).Graph.Nodes[0].Operator;
    }
}

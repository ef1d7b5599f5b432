using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Forms of older opsets of the operators that move, order and transform elements.</summary>
public class OlderMovementTests
{
    [Fact]
    public void A_Tile_of_one_axis_repeats_once_along_the_others()
    {
        ModelProto proto = Of(5, [2, 3], Node("Tile", "x tiles axis", "y"));
        proto.Graph.Initializer.Add(Floats("tiles", [], 4));
        proto.Graph.Initializer.Add(Floats("axis", [], 1));
        OnnxModel model = Read(proto);
        Assert.Equal(
            [new Cast(ElementType.Int64), new Reshape(), new Cast(ElementType.Int64), new Reshape(), new Concat(0), new OneHot(0), new Tile()],
            model.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal(2, model.Graph.Nodes[^1].Inputs.Count(name => name.Length > 0));
    }

    [Fact]
    public void The_k_of_TopK_becomes_a_constant_input_and_is_written_as_the_attribute_again()
    {
        OnnxModel model = Read(Of(9, [-1, 5], Node("TopK", "x", "y i", Int("k", 3), Int("axis", 1))));
        OnnxNode node = Assert.Single(model.Graph.Nodes);
        Assert.Equal(new TopK(1), node.Operator);
        Assert.Equal([3L], model.Graph.Initializers[node.Inputs[1]].As<long>().ToArray());
        Assert.Equal("[N,3]", ShapeInference.Run(model)["y"].Shape!.ToString());
        NodeProto written = ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0];
        Assert.Equal(["x"], written.Input);
        Assert.Equal(3L, written.Attribute.Single(attribute => attribute.Name == "k").I);
    }

    [Fact]
    public void The_least_elements_need_an_opset_that_has_them()
    {
        OnnxModel model = Models.OfNode(new TopK(1, Largest: false), ("x", Models.Float("x", 2, 3)), ("k", Tensor.Vector(1L)));
        model.OpsetImports[""] = 10;
        Assert.Contains("need opset 11", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scatter_is_read_as_ScatterElements_where_it_is_not_deprecated()
    {
        ModelProto proto = Of(10, [2, 3], Node("Scatter", "x x x", "y", Int("axis", 1)));
        proto.Graph.Input.Add(Value("u", 2, 3));
        proto.Graph.Input.Add(Value("i", 2, 3));
        proto.Graph.Input[^1].Type.TensorType.ElemType = 7;
        proto.Graph.Node[0].Input[1] = "i";
        proto.Graph.Node[0].Input[2] = "u";
        Assert.Equal(new ScatterElements(1), Assert.Single(Read(proto).Graph.Nodes).Operator);
        proto.OpsetImport[0].Version = 11;
        Assert.Throws<UnsupportedOperatorException>(() => Read(proto));
    }

    [Theory]
    [InlineData(17, 1)]
    [InlineData(19, 1)]
    public void The_axis_of_a_Fourier_transform_becomes_a_constant_input(int opset, long expected)
    {
        OnnxModel model = Read(Of(opset, [2, 8, 3, 1], Node("DFT", "x", "y")));
        OnnxNode node = Assert.Single(model.Graph.Nodes);
        Assert.Equal(["x", "", node.Inputs[2]], node.Inputs);
        Assert.Equal(expected, model.Graph.Initializers[node.Inputs[2]].As<long>().ToScalar());
        Assert.Equal(expected, ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute.Single(attribute => attribute.Name == "axis").I);
    }

    [Theory]
    [InlineData("ReduceL1")]
    [InlineData("ReduceL2")]
    [InlineData("ReduceLogSum")]
    [InlineData("ReduceLogSumExp")]
    [InlineData("ReduceProd")]
    [InlineData("ReduceSumSquare")]
    public void Axes_become_a_constant_input(string opType)
    {
        OnnxModel model = Read(Of(6, [-1, 4, 5], Node(opType, "x", "y", Ints("axes", 1), Int("keepdims", 0))));
        Assert.Equal("[N,5]", ShapeInference.Run(model)["y"].Shape!.ToString());
        Assert.Equal([1L], ModelProto.Parser.ParseFrom(OnlyNewer(model)).Graph.Node[0].Attribute.Single(attribute => attribute.Name == "axes").Ints);
    }

    [Fact]
    public void Hardmax_over_several_axes_flattens_them() => Assert.Equal(
        [new Flatten(1), new Toolkit.Onnx.Operators.Shape(), new Hardmax(-1), new Reshape()],
        Read(Of(11, [-1, 3, 10], Node("Hardmax", "x", "y"))).Graph.Nodes.Select(node => node.Operator));

    [Theory]
    [InlineData("And")]
    [InlineData("Or")]
    [InlineData("Xor")]
    public void Logic_broadcasts_along_an_axis(string opType)
    {
        ModelProto proto = Of(6, [2, 3, 4], Node(opType, "x w", "y", Int("broadcast", 1), Int("axis", 1)));
        proto.Graph.Input.Add(Value("w", 3));
        proto.Graph.Input[0].Type.TensorType.ElemType = 9;
        proto.Graph.Input[1].Type.TensorType.ElemType = 9;
        Assert.Equal(["Unsqueeze", opType], Read(proto).Graph.Nodes.Select(node => node.Operator.OpType));
    }

    [Theory]
    [InlineData("BitShift", 11, "'direction', which is not optional")]
    [InlineData("Einsum", 12, "'equation', which is not optional")]
    [InlineData("TopK", 9, "'k', which is not optional")]
    [InlineData("RandomNormal", 1, "'shape', which is not optional")]
    [InlineData("BitCast", 26, "'to', which is not optional")]
    public void Attributes_that_are_not_optional_are_asked_for(string opType, long opset, string message) =>
        Assert.Contains(message, Assert.Throws<OnnxModelException>(() => Read(Of(opset, [2], Node(opType, "x", "y")))).Message, StringComparison.Ordinal);

    private static byte[] OnlyNewer(OnnxModel model)
    {
        model.OpsetImports[""] = 13;
        return model.ToBytes();
    }
}

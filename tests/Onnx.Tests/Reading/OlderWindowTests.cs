using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Forms of spatial operators that other tools and older opsets write, read as the newest form.</summary>
public class OlderWindowTests
{
    [Theory]
    [InlineData("SAME_UPPER", 2, 7, new long[] { 1, 0, 1, 0 }, new long[] { 3, 1, 3, 2 })]
    [InlineData("SAME_UPPER", 2, 8, new long[] { 0, 0, 1, 0 }, new long[] { 2, 1, 3, 1 })]
    [InlineData("SAME_LOWER", 2, 8, new long[] { 1, 0, 0, 0 }, new long[] { 3, 1, 2, 1 })]
    [InlineData("SAME_UPPER", 1, -1, new long[] { 1, 0, 1, 0 }, new long[] { 3, 1, 3, 2 })]
    [InlineData("VALID", 2, 8, null, null)]
    public void Auto_pad_becomes_the_pads_that_it_stands_for(string mode, long stride, long size, long[]? convolution, long[]? dilated)
    {
        ModelProto proto = Of(17, [-1, 1, size, 6], Node("Conv", "x w", "y", Text("auto_pad", mode), Ints("strides", stride, stride)));
        proto.Graph.Initializer.Add(Floats("w", [1, 1, 3, 1], 1, 2, 3));
        Assert.Equal(new Conv([3, 1], [stride, stride], Pads(convolution), null), Read(proto).Graph.Nodes[0].Operator);

        proto = Of(17, [-1, 1, size, size], Node("MaxPool", "x", "y", Text("auto_pad", mode), Ints("strides", stride, stride), Ints("kernel_shape", 3, 2), Ints("dilations", 3, 3)));
        if (dilated is null)
        {
            Assert.Null(((MaxPool)Read(proto).Graph.Nodes[0].Operator).Pads);
            return;
        }

        IntList pads = ((MaxPool)Read(proto).Graph.Nodes[0].Operator).Pads!;
        SymbolicShape y = Read(proto).Graph.Outputs[0].Shape!;
        Assert.True(size < 0 || y[2].Size == (size + stride - 1) / stride, $"{y}");
        Assert.Equal(new IntList(dilated), pads);
    }

    [Fact]
    public void Auto_pad_of_a_stride_over_an_unknown_size_is_refused_and_named()
    {
        ModelProto proto = Of(17, [-1, 1, 6, 6], Node("MaxPool", "x", "y", Text("auto_pad", "SAME"), Ints("kernel_shape", 3, 3)));
        Assert.Contains("got 'SAME'", Assert.Throws<OnnxModelException>(() => Read(proto)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_shape_is_that_of_the_weights_where_it_is_left_out()
    {
        ModelProto proto = Of(11, [-1, 1, 6], Node("Conv", "x w", "y"));
        proto.Graph.Initializer.Add(Floats("w", [1, 1, 3], 1, 2, 3));
        Assert.Equal(new Conv([3]), Read(proto).Graph.Nodes[0].Operator);
    }

    [Theory]
    [InlineData("NOTSET", 10, 8, new long[] { 0, 0, 0, 0 })]
    [InlineData("NOTSET", 9, 7, new long[] { 1, 1, 0, 0 })]
    [InlineData("SAME_UPPER", 9, 7, new long[] { 0, 0, 1, 1 })]
    public void An_output_shape_becomes_pads(string mode, long height, long width, long[] expected)
    {
        ModelProto proto = Of(17, [1, 1, 3, 3], Node(
            "ConvTranspose", "x w", "y", Text("auto_pad", mode), Ints("strides", 3, 2), Ints("output_padding", 1, 1), Ints("output_shape", height, width)));
        proto.Graph.Initializer.Add(Floats("w", [1, 1, 3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9));
        OnnxModel model = Read(proto);
        Assert.Equal(new ConvTranspose([3, 3], [3, 2], Pads(expected), null, 1, [1, 1]), model.Graph.Nodes[0].Operator);
        Assert.Equal($"[1,1,{height},{width}]", model.Graph.Outputs[0].Shape!.ToString());
    }

    [Fact]
    public void Transposed_same_padding_gives_stride_times_the_input()
    {
        ModelProto proto = Of(17, [-1, 1, 5, 4], Node("ConvTranspose", "x w", "y", Text("auto_pad", "SAME_UPPER"), Ints("strides", 2, 3)));
        proto.Graph.Initializer.Add(Floats("w", [1, 1, 3, 1], 1, 2, 3));
        OnnxModel model = Read(proto);
        Assert.Equal(new ConvTranspose([3, 1], [2, 3], [0, 0, 1, 0], null, 1, [0, 2]), model.Graph.Nodes[0].Operator);
        Assert.Equal("[N,1,10,12]", model.Graph.Outputs[0].Shape!.ToString());
    }

    [Fact]
    public void Pads_that_were_attributes_become_constant_inputs()
    {
        OnnxModel model = Read(Of(9, [-1, 3], Node("Pad", "x", "y", Text("mode", "constant"), Ints("pads", 0, 1, 0, 2), Float("value", 0.5f))));
        Assert.Equal(["x", "Pad_0/pads", "Pad_0/value"], model.Graph.Nodes[0].Inputs);
        Assert.Equal("[N,6]", model.Graph.Outputs[0].Shape!.ToString());
        Assert.Equal(["mode", "pads", "value"], ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute.Select(attribute => attribute.Name));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public void Upsample_becomes_Resize(long opset)
    {
        var scales = new AttributeProto { Name = "scales", Type = AttributeProto.Types.AttributeType.Floats, Floats = { 1, 1, 2, 3 } };
        ModelProto proto = Of(opset, [-1, 1, 2, 2], opset < 9 ? Node("Upsample", "x", "y", Text("mode", "linear"), scales) : Node("Upsample", "x s", "y", Text("mode", "linear")));
        if (opset == 9)
        {
            proto.Graph.Initializer.Add(Floats("s", [4], 1, 1, 2, 3));
        }

        OnnxModel model = Read(proto);
        OnnxNode node = Assert.Single(model.Graph.Nodes);
        Assert.Equal(new Resize(ResizeMode.Linear, CoordinateTransformation.Asymmetric, NearestMode.Floor), node.Operator);
        Assert.Equal("[N,1,4,6]", model.Graph.Outputs[0].Shape!.ToString());
        model.OpsetImports[""] = 17;
        Assert.Equal(["x", "", node.Inputs[2]], OnnxModel.Parse(model.ToBytes()).Graph.Nodes[0].Inputs);
        model.OpsetImports[""] = 10;
        Assert.Contains("need opset 11", Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
        Assert.Throws<UnsupportedOperatorException>(() => Read(Of(10, [-1, 1, 2, 2], Node("Upsample", "x s", "y"))));
    }

    [Fact]
    public void A_Resize_of_scales_alone_takes_the_lower_neighbour()
    {
        ModelProto proto = Of(10, [-1, 1, 2, 2], Node("Resize", "x s", "y"));
        proto.Graph.Initializer.Add(Floats("s", [4], 1, 1, 2, 3));
        Assert.Equal(new Resize(ResizeMode.Nearest, CoordinateTransformation.Asymmetric, NearestMode.Floor), Read(proto).Graph.Nodes[0].Operator);
    }

    [Fact]
    public void The_transformation_tf_half_pixel_for_nn_is_of_opsets_11_and_12()
    {
        ModelProto Of12(long opset)
        {
            ModelProto proto = Of(opset, [-1, 1, 2, 2], Node("Resize", "x s s", "y", Text("coordinate_transformation_mode", "tf_half_pixel_for_nn")));
            proto.Graph.Initializer.Add(Floats("s", [4], 1, 1, 2, 3));
            return proto;
        }

        Assert.Equal(new Resize(Transformation: CoordinateTransformation.TfHalfPixelForNn), Read(Of12(12)).Graph.Nodes[0].Operator);
        Assert.Contains("opsets 11 and 12", Assert.Throws<OnnxModelException>(() => Read(Of12(13))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_normalization_is_read_in_both_forms()
    {
        Assert.Equal(new BatchNormalization(1e-3f), Normalization(6, "y", Float("epsilon", 1e-3f), Int("is_test", 1)));
        Assert.Equal(new BatchNormalization(), Normalization(7, "y", Int("spatial", 1)));
        Assert.Equal(new BatchNormalization(), Normalization(15, "y", Int("training_mode", 0)));
        Assert.Equal(new BatchNormalization(IsTraining: true), Normalization(1, "y mean var saved_mean saved_var", Ints("consumed_inputs", 0, 0, 0, 1, 1)));
        Assert.Equal(new BatchNormalization(IsTraining: true), Normalization(6, "y"));
        Assert.Equal(new BatchNormalization(IsTraining: true), Normalization(9, "y mean var saved_mean saved_var"));
        Assert.Equal(new BatchNormalization(Momentum: 0.5f, IsTraining: true), Normalization(15, "y mean var", Int("training_mode", 1), Float("momentum", 0.5f)));
        Assert.Contains("one output outside of training", Assert.Throws<OnnxModelException>(() => Normalization(15, "y mean var")).Message, StringComparison.Ordinal);
        Assert.Contains("rank 2", Assert.Throws<OnnxModelException>(() => Normalization(8, "y", Int("spatial", 0))).Message, StringComparison.Ordinal);

        static Operator Normalization(long opset, string outputs, params AttributeProto[] attributes)
        {
            ModelProto proto = Of(opset, [-1, 2, 4], Node("BatchNormalization", "x s b m v", outputs, attributes));
            foreach (string name in new[] { "s", "b", "m", "v" })
            {
                proto.Graph.Initializer.Add(Floats(name, [2], 1, 2));
            }

            return Read(proto).Graph.Nodes[0].Operator;
        }
    }

    [Theory]
    [InlineData("SAME_UPPER", AutoPad.SameUpper)]
    [InlineData("SAME_LOWER", AutoPad.SameLower)]
    public void Pads_that_follow_from_a_size_that_is_not_known_stay_open(string mode, AutoPad expected)
    {
        ModelProto proto = Of(17, [1, 2, -1, 8], Node("AveragePool", "x", "y", Ints("kernel_shape", 3, 3), Ints("strides", 2, 3), Text("auto_pad", mode)));
        OnnxModel model = Read(proto);
        var op = Assert.IsType<AveragePool>(model.Graph.Nodes[0].Operator);
        Assert.Equal(expected, op.AutoPad);
        Assert.Equal("[1,2,?,3]", model.Graph.Outputs[0].Shape!.ToString());
        Assert.Equal(op, OnnxModel.Parse(model.ToBytes()).Graph.Nodes[0].Operator);
        Assert.Equal(new AveragePool([3, 3], [2, 3], mode == "SAME_UPPER" ? [0, 0, 1, 1] : [1, 1, 0, 0]), op.PaddedFor([6, 8]));
    }

    [Fact]
    public void A_Split_keeps_its_parts_in_every_opset()
    {
        OnnxModel model = Read(Of(11, [-1, 6], Node("Split", "x", "y z", Int("axis", 1), Ints("split", 2, 4))));
        Assert.Equal("[N,2]", model.Graph.Outputs[0].Shape!.ToString());
        Assert.Equal(["axis", "split"], ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute.Select(attribute => attribute.Name));
        Assert.Equal(new Split(1), model.Graph.Nodes[0].Operator);

        model = Read(Of(13, [-1, 6], Node("Split", "x", "y z", Int("axis", 1))));
        Assert.Equal(new Split(1, 2), model.Graph.Nodes[0].Operator);
        model.OpsetImports[""] = 18;
        Assert.Equal(["axis", "num_outputs"], ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Node[0].Attribute.Select(attribute => attribute.Name));
    }

    [Fact]
    public void Newer_forms_are_not_written_where_an_opset_lacks_them()
    {
        Unwritable(new MaxPool([2, 2], CeilMode: true), 9, "ceil_mode needs opset 10");
        Unwritable(new MaxPool([2, 2], ColumnMajorIndices: true), 7, "storage_order needs opset 8");
        Unwritable(new MaxPool([2, 2], Dilations: [2, 2]), 9, "dilations need opset 10");
        Unwritable(new AveragePool([2, 2], Dilations: [2, 2]), 17, "dilations need opset 19");
        Unwritable(new DepthToSpace(2, true), 10, "mode CRD needs opset 11");
        Unwritable(new Gelu(), 17, "from 20 to");
        Unwritable(new HardSwish(), 13, "from 14 to");
        Unwritable(new Resize(Transformation: CoordinateTransformation.HalfPixelSymmetric), 18, "half_pixel_symmetric needs opset 19", "", Tensor.Vector(1f, 1f, 2f, 2f));
        Unwritable(new Resize(Transformation: CoordinateTransformation.TfHalfPixelForNn), 13, "tf_half_pixel_for_nn needs opset 11 or 12", "", Tensor.Vector(1f, 1f, 2f, 2f));
        Unwritable(new Resize(Axes: [2, 3]), 17, "need opset 18", "", Tensor.Vector(2f, 2f));
        Unwritable(new Pad(PadMode.Wrap), 18, "mode wrap needs opset 19", Tensor.Vector<long>(0, 0, 0, 0, 0, 0, 1, 1));

        static void Unwritable(Operator @operator, long opset, string expected, params object[] inputs)
        {
            OnnxModel model = Models.OfNode(@operator, [("x", Models.Float("x", "N", 4, 4, 4)), .. inputs.Select((input, i) => (input is string ? "" : $"k{i}", input))]);
            model.OpsetImports[""] = opset;
            Assert.Contains(expected, Assert.Throws<OnnxModelException>(model.ToBytes).Message, StringComparison.Ordinal);
        }
    }

    private static IntList? Pads(long[]? values) => values is null ? null : new IntList(values);

    private static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };
}

using System.Buffers.Binary;
using System.Text;
using Google.Protobuf.Reflection;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Tests;

/// <summary>Field numbers are the file format: they are pinned by files that are encoded here by number, and by a list.</summary>
public class ProtobufTests
{
    [Fact]
    public void A_file_that_is_encoded_by_field_numbers_is_read()
    {
        byte[] alpha = Join(Text(1, "alpha"), Single(2, 0.5f), Varint(20, 1));
        byte[] elu = Join(Text(1, "x"), Text(2, "e"), Text(3, "act"), Text(4, "Elu"), Message(5, alpha));
        byte[] add = Join(Text(1, "e"), Text(1, "w"), Text(2, "y"), Text(3, "sum"), Text(4, "Add"), Text(7, ""));
        byte[] weights = Join(Varint(1, 2), Varint(2, 1), Text(8, "w"), Message(9, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]));
        byte[] shape = Join(Message(1, Text(2, "N")), Message(1, Varint(1, 2)));
        byte[] type = Message(1, Join(Varint(1, 1), Message(2, shape)));
        byte[] graph = Join(
            Message(1, elu),
            Message(1, add),
            Text(2, "g"),
            Message(5, weights),
            Message(11, Join(Text(1, "x"), Message(2, type))),
            Message(12, Join(Text(1, "y"), Message(2, type))));
        byte[] file = Join(
            Varint(1, 8),
            Text(2, "producer"),
            Text(3, "1.2"),
            Text(4, "domain"),
            Varint(5, 7),
            Text(6, "doc"),
            Message(7, graph),
            Message(8, Join(Text(1, ""), Varint(2, 17))),
            Message(14, Join(Text(1, "key"), Text(2, "value"))));

        OnnxModel model = OnnxModel.Parse(file);
        Assert.Equal((8, "producer", "1.2", "domain", 7, "doc"), (model.IrVersion, model.ProducerName, model.ProducerVersion, model.Domain, model.ModelVersion, model.Description));
        Assert.Equal(17, model.OpsetImports[""]);
        Assert.Equal("value", model.Metadata["key"]);
        Assert.Equal("g", model.Graph.Name);
        Assert.Equal("x float32 [N,2]", Assert.Single(model.Graph.Inputs).ToString());
        Assert.Equal("y float32 [N,2]", Assert.Single(model.Graph.Outputs).ToString());
        Assert.Equal([1f, -2f], model.Graph.Initializers["w"].As<float>().ToArray());
        Assert.Equal([new Elu(0.5f), new Add()], model.Graph.Nodes.Select(node => node.Operator));
        Assert.Equal(["act", "sum"], model.Graph.Nodes.Select(node => node.Name));
        Assert.Equal(["e", "w"], model.Graph.Nodes[1].Inputs);
    }

    [Fact]
    public void A_file_is_written_with_these_bytes()
    {
        var graph = new OnnxGraph { Name = "g" };
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, new SymbolicShape("N", 2)));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, null));
        graph.Nodes.Add(new OnnxNode("n", new Flatten(), ["x"], ["y"]));
        byte[] type = Join(Message(1, Join(Varint(1, 1), Message(2, Join(Message(1, Text(2, "N")), Message(1, Varint(1, 2)))))));
        byte[] node = Join(Text(1, "x"), Text(2, "y"), Text(3, "n"), Text(4, "Flatten"), Message(5, Join(Text(1, "axis"), Varint(3, 1), Varint(20, 2))));
        byte[] expected = Join(
            Varint(1, 8),
            Message(7, Join(Message(1, node), Text(2, "g"), Message(11, Join(Text(1, "x"), Message(2, type))), Message(12, Join(Text(1, "y"), Message(2, type))))),
            Message(8, Varint(2, 17)));
        Assert.Equal(expected, new OnnxModel(graph).ToBytes());
    }

    [Theory]
    [InlineData("ModelProto", "ir_version:1 producer_name:2 producer_version:3 domain:4 model_version:5 doc_string:6 graph:7 opset_import:8 metadata_props:14 training_info:20 functions:25")]
    [InlineData("GraphProto", "node:1 name:2 initializer:5 doc_string:10 input:11 output:12 value_info:13 quantization_annotation:14 sparse_initializer:15 metadata_props:16")]
    [InlineData("NodeProto", "input:1 output:2 name:3 op_type:4 attribute:5 doc_string:6 domain:7 overload:8 metadata_props:9")]
    [InlineData("AttributeProto", "name:1 f:2 i:3 s:4 t:5 g:6 floats:7 ints:8 strings:9 tensors:10 graphs:11 doc_string:13 tp:14 type_protos:15 type:20 ref_attr_name:21 sparse_tensor:22 sparse_tensors:23")]
    [InlineData("TensorProto", "dims:1 data_type:2 segment:3 float_data:4 int32_data:5 string_data:6 int64_data:7 name:8 raw_data:9 double_data:10 uint64_data:11 doc_string:12 external_data:13 data_location:14 metadata_props:16")]
    [InlineData("SparseTensorProto", "values:1 indices:2 dims:3")]
    [InlineData("ValueInfoProto", "name:1 type:2 doc_string:3 metadata_props:4")]
    [InlineData("TypeProto", "tensor_type:1 sequence_type:4 map_type:5 denotation:6 opaque_type:7 sparse_tensor_type:8 optional_type:9")]
    [InlineData("TensorShapeProto", "dim:1")]
    [InlineData("OperatorSetIdProto", "domain:1 version:2")]
    [InlineData("StringStringEntryProto", "key:1 value:2")]
    [InlineData("TensorAnnotation", "tensor_name:1 quant_parameter_tensor_names:2")]
    [InlineData("TrainingInfoProto", "initialization:1 algorithm:2 initialization_binding:3 update_binding:4")]
    [InlineData("FunctionProto", "name:1 input:4 output:5 attribute:6 node:7 doc_string:8 opset_import:9 domain:10 attribute_proto:11 value_info:12 overload:13 metadata_props:14")]
    public void Field_numbers_are_those_of_the_specification(string message, string fields)
    {
        MessageDescriptor descriptor = OnnxReflection.Descriptor.FindTypeByName<MessageDescriptor>(message);
        Assert.Equal(fields, string.Join(' ', descriptor.Fields.InFieldNumberOrder().Select(field => $"{field.Name}:{field.FieldNumber}")));
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] Base128(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private static byte[] Varint(uint field, ulong value) => Join(Base128(field << 3), Base128(value));

    private static byte[] Message(uint field, byte[] content) => Join(Base128((field << 3) | 2), Base128((ulong)content.Length), content);

    private static byte[] Text(uint field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Single(uint field, float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Join(Base128((field << 3) | 5), bytes);
    }
}

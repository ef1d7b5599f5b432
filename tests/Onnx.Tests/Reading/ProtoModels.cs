using Google.Protobuf;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Files as other tools write them, valid or not.</summary>
internal static class ProtoModels
{
    /// <summary>A model with input x float32 of a shape (negative sizes are unknown), output y, and nodes.</summary>
    public static ModelProto Of(long opset, long[] shape, params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "g", Input = { Value("x", shape) }, Output = { new ValueInfoProto { Name = "y" } }, Node = { nodes } };
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = opset } } };
    }

    public static NodeProto Node(string opType, string inputs, string outputs, params AttributeProto[] attributes) => new()
    {
        OpType = opType,
        Input = { inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
        Output = { outputs.Split(' ') },
        Attribute = { attributes },
    };

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static ValueInfoProto Value(string name, params long[] shape)
    {
        var proto = new TensorShapeProto();
        foreach (long size in shape)
        {
            proto.Dim.Add(size < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = proto } } };
    }

    public static TensorProto Floats(string name, long[] shape, params float[] values) => new() { Name = name, DataType = 1, Dims = { shape }, FloatData = { values } };

    public static OnnxModel Read(ModelProto proto) => OnnxModel.Parse(proto.ToByteArray());
}

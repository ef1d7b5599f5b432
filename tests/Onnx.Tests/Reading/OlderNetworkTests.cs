using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Older and unusual forms of recurrent layers, normalisations, sampling and classic models, read as the newest form.</summary>
public class OlderNetworkTests
{
    [Fact]
    public void Alphas_and_betas_belong_to_the_activations_that_have_one()
    {
        var names = new AttributeProto { Name = "activations", Type = AttributeProto.Types.AttributeType.Strings };
        foreach (string name in new[] { "sigmoid", "LeakyRelu", "HardSigmoid" })
        {
            names.Strings.Add(ByteString.CopyFromUtf8(name));
        }

        var alphas = new AttributeProto { Name = "activation_alpha", Type = AttributeProto.Types.AttributeType.Floats, Floats = { 0.3f } };
        ModelProto proto = Of(1, [3, 2, 4], Node("LSTM", "x w r", "y", names, alphas, Int("hidden_size", 1), Int("output_sequence", 1)));
        proto.Graph.Initializer.Add(Floats("w", [1, 4, 4], new float[16]));
        proto.Graph.Initializer.Add(Floats("r", [1, 4, 1], new float[4]));
        var lstm = (LSTM)Read(proto).Graph.Nodes[0].Operator;
        Assert.Equal(
            new ValueList<CellActivation>(new(CellActivationKind.Sigmoid), new(CellActivationKind.LeakyRelu, 0.3f), new(CellActivationKind.HardSigmoid, 0.2f, 0.5f)), lstm.Activations);
        names.Strings[0] = ByteString.CopyFromUtf8("Swish");
        Assert.Contains("got 'Swish'", Assert.Throws<OnnxModelException>(() => Read(proto)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_groups_are_repeated_for_their_channels()
    {
        ModelProto proto = Of(18, [2, 4, 3], Node("GroupNormalization", "x s b", "y", Int("num_groups", 2)));
        proto.Graph.Initializer.Add(Floats("s", [2], 1, 2));
        proto.Graph.Initializer.Add(Floats("b", [2], 3, 4));
        OnnxModel model = Read(proto);
        Assert.Equal(new GroupNormalization(2), model.Graph.Nodes[^1].Operator);
        Assert.Equal(new SymbolicShape(2, 4, 3), model.Graph.Outputs[0].Shape);
        Assert.Equal(7, model.Graph.Nodes.Count);
    }

    [Fact]
    public void Upsample_had_a_scale_for_rows_and_one_for_columns()
    {
        ModelProto proto = Of(1, [1, 1, 2, 3], Node("Upsample", "x", "y", Float("height_scale", 2), Float("width_scale", 3)));
        OnnxModel model = Read(proto);
        Assert.Equal(new Resize(ResizeMode.Nearest, CoordinateTransformation.Asymmetric, NearestMode.Floor), model.Graph.Nodes[0].Operator);
        Assert.Equal(new SymbolicShape(1, 1, 4, 9), model.Graph.Outputs[0].Shape);
    }

    [Fact]
    public void A_label_encoder_of_opset_1_numbers_its_classes()
    {
        var classes = new AttributeProto { Name = "classes_strings", Type = AttributeProto.Types.AttributeType.Strings, Strings = { ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("b") } };
        NodeProto node = Node("LabelEncoder", "x", "y", classes);
        node.Domain = ClassicOperator.ClassicDomain;
        ModelProto proto = Of(17, [3], node);
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = ClassicOperator.ClassicDomain, Version = 1 });
        proto.Graph.Input[0].Type.TensorType.ElemType = (int)ElementType.String;
        var encoder = (LabelEncoder)Read(proto).Graph.Nodes[0].Operator;
        Assert.Equal(new TensorValue(Tensor.Vector("a", "b")), encoder.Keys);
        Assert.Equal(new TensorValue(Tensor.Vector(0L, 1L)), encoder.Values);
    }
}

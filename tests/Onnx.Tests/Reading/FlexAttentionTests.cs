using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using static Toolkit.Onnx.Tests.Reading.ProtoModels;

namespace Toolkit.Onnx.Tests.Reading;

public sealed class FlexAttentionTests
{
    [Fact]
    public void Attention_of_equal_heads_is_two_products_around_a_softmax()
    {
        OnnxModel model = Model([2, 3, 4, 8], [2, 3, 5, 8], [2, 3, 5, 6]);
        Assert.Equal(["Transpose", "MatMul", "Mul", "Softmax", "MatMul"], Operators(model));
        Assert.Equal("[2,3,4,6]", model.Graph.Outputs[0].Shape!.ToString());
        Assert.Equal((float)(1 / Math.Sqrt(8)), Assert.IsType<Tensor<float>>(model.Graph.Initializers.Values.Single(value => value.Length == 1)).Span[0]);
    }

    [Fact]
    public void Shared_heads_are_rows_of_one()
    {
        OnnxModel model = Model([2, 6, 4, 8], [2, 2, 5, 8], [2, 2, 5, 8], Float("scale", 0.5f));
        Assert.Equal(["Reshape", "Transpose", "MatMul", "Mul", "Reshape", "Softmax", "Reshape", "MatMul", "Reshape"], Operators(model));
        Assert.Equal("[2,6,4,8]", model.Graph.Outputs[0].Shape!.ToString());
    }

    [Fact]
    public void Modifiers_are_put_where_they_are_applied()
    {
        OnnxModel model = Model([1, 2, 4, 8], [1, 2, 5, 8], [1, 2, 5, 8], Modifier("score_mod", "Tanh"), Modifier("prob_mod", "Relu"));
        Assert.Equal(["Transpose", "MatMul", "Mul", "Tanh", "Softmax", "Relu", "MatMul"], Operators(model));
        Assert.Equal(["Transpose", "MatMul", "Mul", "Tanh", "Softmax", "Relu", "MatMul"], Operators(OnnxModel.Parse(model.ToBytes())));
    }

    [Fact]
    public void A_precision_that_is_not_the_inputs_is_cast_to_and_from()
    {
        OnnxModel model = Model([1, 2, 4, 8], [1, 2, 5, 8], [1, 2, 5, 8], Int("softmax_precision", (long)ElementType.Float64));
        Assert.Equal(["Cast", "Cast", "Transpose", "MatMul", "Mul", "Softmax", "Cast", "MatMul"], Operators(model));
        Assert.Equal(ElementType.Float32, model.Graph.Outputs[0].ElementType);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("divide", Assert.Throws<OnnxModelException>(() => Model([1, 3, 4, 8], [1, 2, 5, 8], [1, 2, 5, 8])).Message, StringComparison.Ordinal);
        Assert.Contains("rank 4", Assert.Throws<OnnxModelException>(() => Model([3, 4, 8], [1, 2, 5, 8], [1, 2, 5, 8])).Message, StringComparison.Ordinal);
        Assert.Contains("heads of K", Assert.Throws<UnsupportedOperatorException>(() => Model([1, 2, 4, 8], [1, -1, 5, 8], [1, 2, 5, 8])).Message, StringComparison.Ordinal);
        Assert.Contains("softmax_precision", Assert.Throws<OnnxModelException>(() => Model([1, 2, 4, 8], [1, 2, 5, 8], [1, 2, 5, 8], Int("softmax_precision", (long)ElementType.Int32))).Message, StringComparison.Ordinal);
    }

    private static AttributeProto Modifier(string name, string op) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Graph,
        G = new GraphProto
        {
            Name = name,
            Input = { new ValueInfoProto { Name = "scores" } },
            Output = { new ValueInfoProto { Name = "changed" } },
            Node = { Node(op, "scores", "changed") },
        },
    };

    private static string[] Operators(OnnxModel model) => [.. model.Graph.Nodes.Select(node => node.Operator.OpType)];

    private static OnnxModel Model(long[] q, long[] k, long[] v, params AttributeProto[] attributes)
    {
        NodeProto node = Node("FlexAttention", "x k v", "y", attributes);
        node.Domain = "ai.onnx.preview";
        ModelProto proto = Of(26, q, node);
        proto.Graph.Input.Add(Value("k", k));
        proto.Graph.Input.Add(Value("v", v));
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.preview", Version = 1 });
        return Read(proto);
    }
}

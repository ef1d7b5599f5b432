using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Writing;

public class LabelEncoderTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Tables_are_read_back_as_every_opset_holds_them(int opset)
    {
        RoundTrip(opset, Of(Tensor.Vector("a", "b"), Tensor.Vector(5L, 3L), Tensor.Vector(-4L)));
        RoundTrip(opset, Of(Tensor.Vector(5L, 3L), Tensor.Vector("a", "b"), Tensor.Vector("?")));
        RoundTrip(opset, Of(Tensor.Vector(float.NaN, 3f), Tensor.Vector(1f, 2f), Tensor.Vector(0.5f)));
        RoundTrip(opset, Of(Tensor.Vector(5L), Tensor.Vector(9L), Tensor.Vector(7L)));
    }

    [Fact]
    public void Opset_1_numbers_texts_from_0()
    {
        RoundTrip(1, Of(Tensor.Vector("a", "b"), Tensor.Vector(0L, 1L), Tensor.Vector(-4L)));
        RoundTrip(1, Of(Tensor.Vector(0L, 1L), Tensor.Vector("a", "b"), Tensor.Vector("?")));
        Assert.Throws<OnnxModelException>(() => RoundTrip(1, Of(Tensor.Vector("a", "b"), Tensor.Vector(1L, 2L), Tensor.Vector(-4L))));
        Assert.Throws<OnnxModelException>(() => RoundTrip(1, Of(Tensor.Vector(0L), Tensor.Vector(0L), Tensor.Vector(-4L))));
    }

    [Fact]
    public void Float64_needs_tensors() =>
        Assert.Throws<OnnxModelException>(() => RoundTrip(3, Of(Tensor.Vector(0.5), Tensor.Vector(1L), Tensor.Vector(-1L))));

    private static LabelEncoder Of(Tensor keys, Tensor values, Tensor fallback) => new(new TensorValue(keys), new TensorValue(values), new TensorValue(fallback));

    private static void RoundTrip(int opset, LabelEncoder op)
    {
        var graph = new OnnxGraph { Name = "test" };
        graph.Inputs.Add(new ValueInfo("x", op.Keys.Tensor.ElementType, new SymbolicShape("N")));
        graph.Nodes.Add(new OnnxNode("node", op, ["x"], ["y"]));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Undefined, null));
        var model = new OnnxModel(graph);
        model.OpsetImports[""] = 17;
        model.OpsetImports[ClassicOperator.ClassicDomain] = opset;
        Assert.Equal(op, Assert.Single(OnnxModel.Parse(model.ToBytes()).Graph.Nodes).Operator);
    }
}

using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests;

public class ModelStatisticsTests
{
    [Fact]
    public void Parameters_work_and_operators_are_counted()
    {
        ModelStatistics statistics = ModelStatistics.Of(Models.Mlp());
        Assert.Equal(12 + 3 + 6, statistics.Parameters);
        Assert.Equal(21 * 4, statistics.ParameterBytes);
        Assert.Equal((4 * 3) + (3 * 2), statistics.MultiplyAccumulates);
        Assert.Equal([12, 0, 6, 0], statistics.Nodes.Select(node => node.MultiplyAccumulates));
        Assert.Equal(new Dictionary<string, int> { ["Gemm"] = 2, ["Relu"] = 1, ["Softmax"] = 1 }, statistics.Operators);
        Assert.Equal(new Dictionary<string, long> { ["ai.onnx"] = 17 }, statistics.Opsets);
    }

    [Fact]
    public void A_batched_MatMul_counts_every_matrix()
    {
        OnnxModel model = Models.OfNode(new MatMul(), ("a", Models.Float("a", "N", 5, 2, 3)), ("b", Models.Float("b", 3, 7)));
        Assert.Equal(1 * 5 * 2 * 3 * 7, ModelStatistics.Of(model).MultiplyAccumulates);
    }

    [Fact]
    public void A_convolution_counts_its_kernel_for_every_element_that_it_makes()
    {
        OnnxModel model = Models.OfNode(new Conv(Pads: [1, 1, 1, 1], Group: 2), ("x", Models.Float("x", "N", 4, 8, 10)), ("w", Models.Float("w", 6, 2, 3, 3)));
        Assert.Equal(6 * 8 * 10 * 2 * 3 * 3, ModelStatistics.Of(model).MultiplyAccumulates);
        model = Models.OfNode(new ConvTranspose(Strides: [2, 2], Group: 2), ("x", Models.Float("x", "N", 4, 8, 10)), ("w", Models.Float("w", 4, 3, 3, 3)));
        Assert.Equal(4 * 8 * 10 * 3 * 3 * 3, ModelStatistics.Of(model).MultiplyAccumulates);
    }

    [Fact]
    public void Work_is_unknown_where_a_shape_is()
    {
        OnnxModel model = Models.OfNode(new MatMul(), ("a", new ValueInfo("a", ElementType.Float32, null)), ("b", Models.Float("b", 3, 7)));
        Assert.Null(ModelStatistics.Of(model).MultiplyAccumulates);
    }

    [Fact]
    public void Integer_constants_are_no_parameters()
    {
        OnnxModel model = Models.OfNode(new Reshape(), ("a", Models.Float("a", 3)), ("shape", Tensor.Vector(1L, 3L)));
        Assert.Equal(0, ModelStatistics.Of(model).Parameters);
        Assert.Equal(16, ModelStatistics.Of(model).ParameterBytes);
    }
}

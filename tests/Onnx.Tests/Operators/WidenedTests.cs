using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Operators whose attributes name element types, as an engine computes them in a wider one.</summary>
public sealed class WidenedTests
{
    [Fact]
    public void Half_precision_types_of_attributes_become_the_wider_and_others_stay()
    {
        Assert.Equal(new LayerNormalization(1, 0.5f), new LayerNormalization(1, 0.5f, ElementType.BFloat16).Widened(ElementType.Float32));
        Assert.Equal(new LayerNormalization(1, 0.5f, ElementType.Float64), new LayerNormalization(1, 0.5f, ElementType.Float64).Widened(ElementType.Float32));
        Assert.Equal(new RMSNormalization(), new RMSNormalization(StashType: ElementType.Float16).Widened(ElementType.Float32));
        Assert.Equal(new GroupNormalization(2, 1e-5f, ElementType.Float64), new GroupNormalization(2, 1e-5f, ElementType.Float16).Widened(ElementType.Float64));
        Assert.Equal(new HannWindow(ElementType.Float32, false), new HannWindow(ElementType.Float16, false).Widened(ElementType.Float32));
        Assert.Equal(new MelWeightMatrix(), new MelWeightMatrix(ElementType.BFloat16).Widened(ElementType.Float32));
        Assert.Equal(new EyeLike(ElementType.Float32, 1), new EyeLike(ElementType.Float16, 1).Widened(ElementType.Float32));
        Assert.Equal(new EyeLike(null, 1), new EyeLike(null, 1).Widened(ElementType.Float32));
        Assert.Equal(new RandomNormal([2], DType: ElementType.Float32), new RandomNormal([2], DType: ElementType.BFloat16).Widened(ElementType.Float32));
        Assert.Equal(new Bernoulli(ElementType.Int8), new Bernoulli(ElementType.Int8).Widened(ElementType.Float32));
        Assert.Equal(new DequantizeLinear(OutputType: ElementType.Float32), new DequantizeLinear(OutputType: ElementType.Float16).Widened(ElementType.Float32));
        Assert.Equal(new Relu(), new Relu().Widened(ElementType.Float32));
    }
}

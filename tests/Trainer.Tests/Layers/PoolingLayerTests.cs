using Toolkit.Numerics;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Layers;

public class PoolingLayerTests
{
    [Fact]
    public void The_defaults_are_windows_of_2_that_do_not_overlap()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 3, 5], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

        Tensor<float> max = Predict(new MaxPooling2D(), x);
        Tensor<float> mean = Predict(new AveragePooling2D(), x);

        Assert.Equal([1, 1, 1, 2], max.Shape.Dimensions.ToArray());
        Assert.Equal([7f, 9], max.ToArray());
        Assert.Equal([4f, 6], mean.ToArray());
    }

    [Fact]
    public void Same_padding_is_at_the_end_and_does_not_count()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 3, 3], -1, -2, -3, -4, -5, -6, -7, -8, -9);

        Assert.Equal([-1f, -3, -7, -9], Predict(new MaxPooling2D(padding: "same"), x).ToArray());
        Assert.Equal([-3f, -4.5f, -7.5f, -9], Predict(new AveragePooling2D(padding: "same"), x).ToArray());
    }

    [Fact]
    public void Windows_and_steps_have_a_height_and_a_width()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 2, 4], 1, 2, 3, 4, 5, 6, 7, 8);

        Assert.Equal([2f, 3, 4, 6, 7, 8], Predict(new MaxPooling2D((1, 2), strides: 1), x).ToArray());
        Assert.Equal([3f, 4, 5, 6], Predict(new AveragePooling2D((2, 1)), x).ToArray());
    }

    [Fact]
    public void Sequences_have_their_channels_first()
    {
        Tensor<float> x = Tensor.From<float>([1, 2, 5], 1, 5, 2, 4, 3, 9, 8, 7, 6, 5);

        Assert.Equal([5f, 4, 9, 7], Predict(new MaxPooling1D(), x).ToArray());
        Assert.Equal([3f, 3, 3, 8.5f, 6.5f, 5], Predict(new AveragePooling1D(padding: "same"), x).ToArray());
        Assert.Equal([3f, 7], Predict(new GlobalAveragePooling1D(), x).ToArray());
        Assert.Equal([5f, 9], Predict(new GlobalMaxPooling1D(), x).ToArray());
    }

    [Fact]
    public void Global_pooling_leaves_a_number_a_channel()
    {
        Tensor<float> x = Tensor.From<float>([1, 2, 2, 2], 1, 2, 3, 6, -1, -2, -3, -6);

        Assert.Equal([3f, -3], Predict(new GlobalAveragePooling2D(), x).ToArray());
        Assert.Equal([6f, -1], Predict(new GlobalMaxPooling2D(), x).ToArray());
        Assert.Equal([1, 2, 1, 1], Predict(new GlobalAveragePooling2D(keepDims: true), x).Shape.Dimensions.ToArray());
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_by_the_layers_name()
    {
        string flat = Assert.Throws<ArgumentException>(() => new Sequential(new Input(4, 4), new MaxPooling2D()).Build([4, 4])).Message;
        string small = Assert.Throws<ArgumentException>(() => new Sequential(new Input(3, 1, 4), new MaxPooling2D()).Build([3, 1, 4])).Message;

        Assert.Contains("Layer 'max_pooling2d': expected input of shape [n,channels,height,width], got [n,4,4]. Reshape it to [n,1,4,4].", flat, StringComparison.Ordinal);
        Assert.Contains("'max_pooling2d': a window of 2 does not fit into an input of [n,3,1,4]", small, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPooling2D(0));
        Assert.Throws<ArgumentException>(() => new AveragePooling1D(padding: "causal"));
    }

    private static Tensor<float> Predict(Layer layer, Tensor<float> x) => new Sequential(layer).Predict(x);
}

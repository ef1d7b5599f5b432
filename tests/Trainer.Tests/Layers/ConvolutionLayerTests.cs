using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Layers;

public class ConvolutionLayerTests
{
    // Input, kernel, stride, dilation; what Keras's rules give: the output of "valid" and of "same", and the zeros of "same" at the begin and the end.
    public static TheoryData<int, int, int, int, int, int, int, int> SizesOfKeras => new()
    {
        { 28, 3, 1, 1, 26, 28, 1, 1 },
        { 28, 3, 2, 1, 13, 14, 0, 1 },
        { 7, 3, 2, 1, 3, 4, 1, 1 },
        { 8, 3, 2, 1, 3, 4, 0, 1 },
        { 8, 2, 1, 1, 7, 8, 0, 1 },
        { 8, 2, 2, 1, 4, 4, 0, 0 },
        { 9, 5, 3, 1, 2, 3, 1, 1 },
        { 10, 4, 3, 1, 3, 4, 1, 2 },
        { 10, 3, 1, 2, 6, 10, 2, 2 },
        { 10, 1, 2, 1, 5, 5, 0, 0 },
        { 5, 1, 3, 1, 2, 2, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(SizesOfKeras))]
    public void Outputs_and_zeros_are_those_of_Keras(int input, int kernel, int stride, int dilation, int valid, int same, int before, int after)
    {
        Assert.Equal([2, valid, valid], OutputOf(new Conv2D(2, kernel, stride, "valid", dilation), 3, input, input));
        Assert.Equal([2, same, same], OutputOf(new Conv2D(2, kernel, stride, "same", dilation), 3, input, input));
        Assert.Equal([6, same, same], OutputOf(new DepthwiseConv2D(kernel, stride, "same", 2, dilation), 3, input, input));
        Assert.Equal([4, valid, valid], OutputOf(new SeparableConv2D(4, kernel, stride, "valid", dilation), 3, input, input));
        Assert.Equal([2, same], OutputOf(new Conv1D(2, kernel, stride, "same", dilation), 3, input));
        Assert.Equal(Padding.Explicit(before, before, after, after), Padding.Same.Resolve(input, kernel, stride, dilation));
    }

    // Input, kernel, stride, output padding (or none); what Keras's rules give for "valid" and for "same".
    [Theory]
    [InlineData(7, 3, 1, null, 9, 7)]
    [InlineData(7, 3, 2, null, 15, 14)]
    [InlineData(7, 2, 2, null, 14, 14)]
    [InlineData(7, 4, 2, null, 16, 14)]
    [InlineData(4, 2, 3, null, 12, 12)]
    [InlineData(4, 1, 3, null, 12, 12)]
    [InlineData(7, 3, 2, 1, 16, 14)]
    [InlineData(7, 3, 2, 0, 15, 13)]
    [InlineData(7, 4, 2, 1, 17, 13)]
    [InlineData(4, 5, 3, 2, 16, 12)]
    public void Outputs_of_a_transposed_convolution_are_those_of_Keras(int input, int kernel, int stride, int? outputPadding, int valid, int same)
    {
        Size2D? added = outputPadding is { } size ? (Size2D)size : null;
        Assert.Equal([5, valid, valid], OutputOf(new Conv2DTranspose(5, kernel, stride, "valid", added), 3, input, input));
        Assert.Equal([5, same, same], OutputOf(new Conv2DTranspose(5, kernel, stride, "same", added), 3, input, input));
    }

    [Fact]
    public void Same_with_stride_2_puts_the_odd_zero_at_the_end()
    {
        // One channel of 1 2 3 4, kernel 1 10 100, stride 2: windows 1 2 3 and 3 4 0.
        var model = new Sequential(new Conv1D(1, 3, 2, "same", useBias: false, name: "c", inputShape: [1, 4]));
        SetOnly(model, Tensor.From<float>([1, 1, 3], [1, 10, 100]));

        Assert.Equal([321f, 43], model.Predict(Tensor.From<float>([1, 1, 4], [1, 2, 3, 4])).ToArray());
    }

    [Fact]
    public void Causal_padding_sees_no_later_step()
    {
        var model = new Sequential(new Conv1D(1, 2, 1, "causal", dilationRate: 2, useBias: false, inputShape: [1, 4]));
        SetOnly(model, Tensor.From<float>([1, 1, 2], [10, 1]));

        Assert.Equal([1f, 2, 13, 24], model.Predict(Tensor.From<float>([1, 1, 4], [1, 2, 3, 4])).ToArray());
    }

    [Fact]
    public void A_transposed_convolution_cuts_the_odd_one_at_the_end_as_Keras_does()
    {
        // Stride 2, kernel 1 10 100: 1 and 2 spread to 1 10 100+2 20 200, of which "same" keeps the first four.
        var model = new Sequential(new Conv2DTranspose(1, (1, 3), (1, 2), "same", useBias: false, inputShape: [1, 1, 2]));
        SetOnly(model, Tensor.From<float>([1, 1, 1, 3], [1, 10, 100]));

        Assert.Equal([1f, 10, 102, 20], model.Predict(Tensor.From<float>([1, 1, 1, 2], [1, 2])).ToArray());
    }

    [Fact]
    public void A_separable_convolution_is_its_two_steps()
    {
        var separable = new Sequential(new SeparableConv2D(5, 3, 2, "same", depthMultiplier: 2, activation: "relu", inputShape: [3, 7, 6]));
        var steps = new Sequential(
            new DepthwiseConv2D(3, 2, "same", 2, useBias: false, inputShape: [3, 7, 6]),
            new Conv2D(5, 1, activation: "relu"));
        separable.Build([3, 7, 6]);
        steps.Build([3, 7, 6]);
        foreach ((Parameter from, Parameter to) in separable.Parameters.Zip(steps.Parameters))
        {
            from.Value.CopyTo(to.Value);
        }

        var x = new Tensor<float>([2, 3, 7, 6]);
        new CounterRandom(3, 1).FillNormal(x.Span);

        Assert.Equal(steps.Predict(x).ToArray(), separable.Predict(x).ToArray());
        Assert.Equal(
            ["separable_conv2d.depthwise_kernel", "separable_conv2d.pointwise_kernel", "separable_conv2d.bias"],
            separable.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Kernels_have_the_shapes_and_names_of_their_layers()
    {
        var model = new Sequential(
            new Conv2D(6, (3, 5), groups: 2, inputShape: [4, 20, 20]),
            new DepthwiseConv2D(3, depthMultiplier: 2, useBias: false),
            new Conv2DTranspose(5, (2, 3), 2),
            new Flatten());
        model.Build([4, 20, 20]);

        Assert.Equal(["conv2d.kernel", "conv2d.bias", "depthwise_conv2d.kernel", "conv2d_transpose.kernel", "conv2d_transpose.bias"], model.Parameters.Select(item => item.Name));
        Assert.Equal([[6, 2, 3, 5], [6], [12, 1, 3, 3], [12, 5, 2, 3], [5]], model.Parameters.Select(item => item.Shape));
    }

    // Keras: fan in and fan out are the kernel's area times the last two axes of [kH, kW, in/groups, filters], [kH, kW, channels, multiplier] and
    // [kH, kW, filters, in].
    [Theory]
    [InlineData("conv", (9 * 8) + (9 * 64))]
    [InlineData("depthwise", (9 * 16) + (9 * 4))]
    [InlineData("transposed", (9 * 64) + (9 * 16))]
    public void Kernels_start_within_Glorots_limit_for_the_fans_of_Keras(string kind, int fans)
    {
        Layer layer = kind switch
        {
            "conv" => new Conv2D(64, 3, groups: 2, inputShape: [16, 9, 9]),
            "depthwise" => new DepthwiseConv2D(3, depthMultiplier: 4, inputShape: [16, 9, 9]),
            _ => new Conv2DTranspose(64, 3, inputShape: [16, 9, 9]),
        };
        var model = new Sequential(layer);
        model.Build([16, 9, 9]);

        float greatest = model.Parameters[0].Value.ToArray().Max(Math.Abs);

        double limit = Math.Sqrt(6.0 / fans);
        Assert.InRange(greatest, 0.97 * limit, limit);
    }

    [Fact]
    public void A_depthwise_kernel_draws_each_value_once()
    {
        float[] values = new float[6 * 4];
        new DepthwiseInitializer(new RandomNormal(), 3).Fill(values, [6, 1, 2, 2], new CounterRandom(1, 1));

        float[] drawn = new float[6 * 4];
        new RandomNormal().Fill(drawn, [3, 2, 2, 2], new CounterRandom(1, 1));

        Assert.Equal(drawn.Order(), values.Order());
        Assert.Equal(drawn[(1 * 2 * 4)..((1 * 2 * 4) + 4)], values[4..8]);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_with_the_layer_and_both_shapes()
    {
        AssertRefused(() => OutputOf(new Conv2D(2, 3, name: "first"), 28, 28), "'first'", "[n,channels,height,width]", "got [n,28,28]", "[n,1,28,28]");
        AssertRefused(() => OutputOf(new Conv2D(2, 3, name: "first"), 784), "'first'", "got [n,784]");
        AssertRefused(() => OutputOf(new Conv1D(2, 3), 5), "[n,channels,length]", "got [n,5]");
        AssertRefused(() => OutputOf(new Conv2D(2, 5, name: "wide"), 1, 4, 9), "'wide'", "height of at least 5", "got 4", "[n,1,4,9]");
        AssertRefused(() => OutputOf(new Conv2D(2, 3, dilationRate: 2), 1, 9, 4), "width of at least 5", "dilation 2");
        AssertRefused(() => OutputOf(new Conv2D(4, 3, groups: 2), 3, 9, 9), "divide into 2 groups", "got 3");
        AssertRefused(() => OutputOf(new Conv2D(2, 3, activation: "softmax"), 3, 9, 9), "softmax");
        AssertRefused(() => OutputOf(new Conv2DTranspose(2, 1, padding: 2), 3, 4, 4), "leaves 0");
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        AssertRefused(() => new Conv2D(0, 3), "Conv2D", "got 0");
        AssertRefused(() => new Conv2D(4, 0), "Conv2D", "kernelSize", "got 0");
        AssertRefused(() => new Conv2D(4, 3, (1, 0)), "strides", "(1, 0)");
        AssertRefused(() => new Conv2D(4, 3, groups: 3), "divide 4 filters", "got 3");
        AssertRefused(() => new Conv2D(4, 3, padding: "causal"), "causal");
        AssertRefused(() => new Conv2D(4, 3, padding: "full"), "got 'full'");
        AssertRefused(() => new Conv2D(4, 3, padding: -1), "0 or more", "-1");
        AssertRefused(() => new DepthwiseConv2D(3, depthMultiplier: 0), "multiplier", "got 0");
        AssertRefused(() => new Conv2DTranspose(4, 3, 2, outputPadding: 2), "less than the strides 2", "got 2");
    }

    [Fact]
    public void A_convolution_network_learns()
    {
        // Whether the bright pixel is in the upper or the lower half.
        var x = new Tensor<float>([64, 1, 6, 6]);
        var y = new Tensor<float>([64, 1]);
        for (int n = 0; n < 64; n++)
        {
            int pixel = n * 7 % 36;
            x.Span[(n * 36) + pixel] = 1;
            y.Span[n] = pixel < 18 ? 1 : 0;
        }

        var model = new Sequential(
            new Conv2D(8, 3, padding: "same", activation: "relu", inputShape: [1, 6, 6]),
            new Conv2D(8, 3, activation: "relu"),
            new SeparableConv2D(4, 3, activation: "tanh"),
            new Flatten(),
            new Dense(1, "sigmoid"));
        model.Compile("adam", "binary_crossentropy");
        History history = model.Fit(x, y, epochs: 60, batchSize: 16, verbose: 0);

        Assert.True(history["loss"][^1] < 0.1, $"{history["loss"][^1]}");
    }

    private static void SetOnly(Sequential model, Tensor<float> weights)
    {
        model.Build([.. model.Layers[0].InputShape!.Value.Dimensions]);
        Parameter parameter = Assert.Single(model.Parameters);
        Assert.Equal(weights.Shape, parameter.Shape);
        weights.Span.CopyTo(parameter.Value);
    }

    private static Shape OutputOf(Layer layer, params int[] input)
    {
        var model = new Sequential(new Input([.. input]), layer);
        model.Build([.. input]);
        return layer.OutputShape;
    }

    private static void AssertRefused(Func<object> action, params string[] parts)
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => { _ = action(); }).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}

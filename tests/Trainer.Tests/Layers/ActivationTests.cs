using Toolkit.Numerics;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Layers;

public class ActivationTests
{
    [Fact]
    public void An_unknown_name_gives_the_list_of_names()
    {
        string message = Assert.Throws<ArgumentException>(() => new Dense(3, "rleu")).Message;

        Assert.Contains("'rleu'", message, StringComparison.Ordinal);
        Assert.Contains("gelu, hard_sigmoid, leaky_relu, linear, relu, selu, sigmoid, silu, softmax, softplus, softsign, step, swish, tanh", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linear", -2f, 0.5f)]
    [InlineData("relu", 0f, 0.5f)]
    [InlineData("step", 0f, 1f)]
    [InlineData("sigmoid", 0.11920292f, 0.62245933f)]
    [InlineData("tanh", -0.9640276f, 0.46211716f)]
    [InlineData("softmax", 0.07585818f, 0.9241418f)]
    [InlineData("elu", -0.86466472f, 0.5f)]
    [InlineData("exponential", 0.13533528f, 1.6487213f)]
    [InlineData("gelu", -0.04550026f, 0.34573123f)]
    [InlineData("hard_sigmoid", 0.16666667f, 0.58333333f)]
    [InlineData("leaky_relu", -0.4f, 0.5f)]
    [InlineData("selu", -1.5201665f, 0.52535049f)]
    [InlineData("silu", -0.23840584f, 0.31122967f)]
    [InlineData("swish", -0.23840584f, 0.31122967f)]
    [InlineData("softplus", 0.12692801f, 0.97407698f)]
    [InlineData("softsign", -0.66666667f, 0.33333333f)]
    public void Each_name_is_its_function_as_a_layer_and_in_a_dense_layer(string name, float first, float second)
    {
        Tensor<float> x = Tensor.From<float>([1, 2], -2f, 0.5f);
        var layer = new Sequential(new Input(2), new ActivationLayer(name));
        var dense = new Sequential(new Input(2), new Dense(2, name, name: "d"));
        dense.SetWeights(new Dictionary<string, Tensor<float>> { ["d.kernel"] = Tensor.From<float>([2, 2], 1, 0, 0, 1) });

        foreach (Sequential model in (Sequential[])[layer, dense])
        {
            float[] y = model.Predict(x).ToArray();
            Assert.Equal(first, y[0], 1e-6f);
            Assert.Equal(second, y[1], 1e-6f);
        }

        Assert.Contains(name, Activation.Names);
    }

    [Fact]
    public void An_activation_of_ones_own_is_made_of_functions()
    {
        var swish = new Activation("swish", x => x * Activation.Sigmoid.Apply(x));
        var model = new Sequential(new Input(1), swish);

        float y = model.Predict(Tensor.From<float>([1, 1], 2f)).Span[0];

        Assert.Equal(2 / (1 + MathF.Exp(-2)), y, 1e-6f);
    }
}

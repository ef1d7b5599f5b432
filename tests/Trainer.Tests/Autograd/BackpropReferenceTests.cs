using Toolkit.Numerics;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Autograd;

/// <summary>
/// One step of backpropagation against published numbers: the unit tests of Udacity's bike-sharing notebook
/// (udacity/deep-learning-v2-pytorch, project-bikesharing, cell 19): sigmoid hidden layer, linear output, no biases, learning rate 0.5.
/// </summary>
public class BackpropReferenceTests
{
    [Fact]
    public void The_forward_pass_gives_the_published_output()
    {
        Sequential model = Network();

        Tensor<float> output = model.Predict(Tensor.From<float>([1, 3], 0.5f, -0.2f, 0.1f));

        Assert.Equal(0.09998924, output.Span[0], 1e-7);
    }

    [Fact]
    public void One_step_gives_the_published_weights()
    {
        Sequential model = Network();

        // Its error is y - out, the gradient of half the squared error: half the learning rate for our whole one.
        model.Compile(new Sgd(0.5 / 2), "mse");
        model.Fit(Tensor.From<float>([1, 3], 0.5f, -0.2f, 0.1f), Tensor.From<float>([1, 1], 0.4f), batchSize: 1, verbose: 0);

        OrderedDictionary<string, Tensor<float>> weights = model.GetWeights();
        AssertClose([0.37275328, -0.03172939], weights["output.kernel"]);
        AssertClose([0.10562014, -0.20185996, 0.39775194, 0.50074398, -0.29887597, 0.19962801], weights["hidden.kernel"]);
    }

    private static Sequential Network()
    {
        var model = new Sequential(
            new Input(3),
            new Dense(2, "sigmoid", useBias: false, name: "hidden"),
            new Dense(1, useBias: false, name: "output"));
        model.SetWeights(new Dictionary<string, Tensor<float>>
        {
            ["hidden.kernel"] = Tensor.From<float>([3, 2], 0.1f, -0.2f, 0.4f, 0.5f, -0.3f, 0.2f),
            ["output.kernel"] = Tensor.From<float>([2, 1], 0.3f, -0.1f),
        });
        return model;
    }

    private static void AssertClose(double[] expected, Tensor<float> actual) =>
        Assert.All(expected.Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
}

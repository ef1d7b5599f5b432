using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;

namespace Toolkit.Export.Tests;

public class ConvolutionExportTests
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static Dictionary<string, (int[] Sample, Func<Layer[]> Layers)> Models { get; } = new()
    {
        ["valid"] = ([2, 7, 6], () => [new Conv2D(5, (3, 2), activation: "relu"), new Conv2D(8, 1, 2, activation: "tanh")]),
        ["same, asymmetric with stride 2"] = ([1, 8, 7], () => [new Conv2D(4, 3, 2, "same", activation: "sigmoid"), new Conv2D(3, 2, padding: "same", useBias: false)]),
        ["explicit pads, dilation and groups"] = ([4, 9, 9], () => [new Conv2D(6, 3, (2, 1), (0, 1, 2, 0), (1, 2), groups: 2)]),
        ["depthwise and separable"] = ([3, 8, 8], () => [new DepthwiseConv2D(3, 2, "same", 2, activation: "relu"), new SeparableConv2D(5, 3, padding: "same", activation: "relu")]),
        ["transposed"] = ([3, 4, 5], () => [new Conv2DTranspose(4, 3, 2, "same", activation: "relu"), new Conv2DTranspose(2, 4, (2, 3), outputPadding: (1, 2)), new Conv2DTranspose(1, 2, 3)]),
        ["sequences"] = ([3, 20], () => [new Conv1D(4, 3, 2, "same", activation: "relu"), new Conv1D(5, 2, padding: "causal", dilationRate: 2), new Conv1D(2, 3, useBias: false)]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_trained_network_agrees_on_the_managed_engine_and_on_onnx_runtime(string name)
    {
        using var folder = new TemporaryFolder();
        Sequential model = Trained(name);
        IInferenceBackend[] backends = [new ManagedBackend(), new OnnxRuntimeBackend()];
        backends = [.. backends.Where(backend => backend.UnavailableReason is null)];

        OnnxExportReport report = model.ExportOnnx(folder["model.onnx"], new OnnxExportOptions { Backends = backends });

        Assert.Equal([1, 7], report.Check.BatchSizes.Take(2));
        Assert.Equal(backends.Length, report.Check.Backends.Count);
        Assert.InRange(report.Check.MaxAbsoluteDifference, 0, 1e-4);
    }

    [Fact]
    public void Every_attribute_is_written_and_sequences_stay_sequences()
    {
        using var folder = new TemporaryFolder();
        Trained("sequences").ExportOnnx(folder["model.onnx"]);

        OnnxModel file = OnnxModel.Load(folder["model.onnx"]);

        Assert.DoesNotContain(file.Graph.Nodes, node => node.Operator.OpType is "Reshape" or "Unsqueeze" or "Pad");
        Onnx.Operators.Conv[] convolutions = [.. file.Graph.Nodes.Select(node => node.Operator).OfType<Onnx.Operators.Conv>()];
        Assert.Equal(new Onnx.Operators.Conv([3], [2], [0, 1], [1], 1), convolutions[0]);
        Assert.Equal(new Onnx.Operators.Conv([2], [1], [2, 0], [2], 1), convolutions[1]);
        Assert.Equal(["conv1d/Conv", "conv1d_1/Conv", "conv1d_2/Conv"], file.Graph.Nodes.Where(node => node.Operator.OpType == "Conv").Select(node => node.Name.TrimStart('/')));
    }

    private static Sequential Trained(string name)
    {
        (int[] sample, Func<Layer[]> layers) = Models[name];
        var model = new Sequential([new Input(sample), .. layers(), new Flatten(), new Dense(2, "softmax")]);
        model.Compile("sgd", "categorical_crossentropy");
        Tensor<float> x = TestModels.Samples(8, sample);
        var y = new Tensor<float>([8, 2]);
        for (int n = 0; n < 8; n++)
        {
            y.Span[(2 * n) + (n % 2)] = 1;
        }

        model.Fit(x, y, epochs: 1, batchSize: 4, verbose: 0);
        return model;
    }
}

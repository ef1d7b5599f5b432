using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public class EvaluateCommandTests(TrainedModel trained)
{
    [Theory]
    [InlineData("managed")]
    [InlineData("auto")]
    public void Accuracy_is_the_one_that_training_measured(string backend)
    {
        CliRun run = CliRun.Of("evaluate", trained.Model, "--dataset", "synthetic-digits", "--backend", backend, "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal((double)trained.Json["test_accuracy"]!, (double)run.Json["accuracy"]!, 0.0006);
        Assert.Equal(4000, (int?)run.Json["samples"]);
        Assert.True((double?)run.Json["samples_per_second"] > 0);
        Assert.True(backend == "auto" || (string?)run.Json["backend"] == backend);
    }

    [Fact]
    public void Take_limits_the_samples()
    {
        CliRun run = CliRun.Of("evaluate", trained.Model, "--dataset", "synthetic-digits", "--backend", "managed", "--take", "100");

        Assert.Equal(0, run.Exit);
        Assert.Contains("of 100)", run.Output, StringComparison.Ordinal);
        Assert.Contains("managed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_takes_images_gets_images()
    {
        using var folder = new TemporaryFolder();
        Classifier([new Dimension("N"), 1, 28, 28], 784).Save(folder["images.onnx"]);

        CliRun run = CliRun.Of("evaluate", folder["images.onnx"], "--dataset", "synthetic-digits", "--backend", "managed", "--take", "50", "--json");

        Assert.True(run.Exit == 0, run.Error);
        Assert.Equal(50, (int?)run.Json["samples"]);
    }

    [Fact]
    public void A_model_of_batch_one_is_run_sample_by_sample()
    {
        using var folder = new TemporaryFolder();
        Classifier([1, 784], 784).Save(folder["one.onnx"]);

        CliRun run = CliRun.Of("evaluate", folder["one.onnx"], "--dataset", "synthetic-digits", "--backend", "managed", "--take", "20", "--json");

        Assert.True(run.Exit == 0, run.Error);
        Assert.Equal(20, (int?)run.Json["samples"]);
    }

    [Fact]
    public void A_model_of_values_is_measured_by_its_errors()
    {
        using var folder = new TemporaryFolder();
        CliRun training = CliRun.Of("train", "three-layer", "--offline", "--out", folder["three.onnx"], "--quiet");
        Assert.Equal(0, training.Exit);
        Assert.DoesNotContain("samples a second", training.Output, StringComparison.Ordinal);

        CliRun run = CliRun.Of("evaluate", folder["three.onnx"], "--dataset", "three-layer-grid", "--backend", "managed", "--json");

        Assert.Equal(0, run.Exit);
        Assert.InRange((double)run.Json["mean_squared_error"]!, 0, 1e-12);
        Assert.InRange((double)run.Json["mean_absolute_error"]!, 0, 1e-6);
        Assert.Null(run.Json["accuracy"]);
    }

    [Fact]
    public void A_model_of_another_input_size_is_refused()
    {
        using var folder = new TemporaryFolder();
        Classifier([new Dimension("N"), 100], 100).Save(folder["small.onnx"]);

        CliRun.Of("evaluate", folder["small.onnx"], "--dataset", "synthetic-digits", "--quiet").MustRefuse("synthetic-digits", "[N,100]");
    }

    [Fact]
    public void A_data_set_that_is_not_here_is_not_replaced() =>
        CliRun.Of("evaluate", trained.Model, "--dataset", "mnist", "--offline", "--quiet").MustRefuse("mnist");

    [Fact]
    public void An_unknown_data_set_is_refused() =>
        CliRun.Of("evaluate", trained.Model, "--dataset", "mnits").MustRefuse("'mnits'", "mnist");

    [Fact]
    public void A_backend_that_is_not_here_is_never_replaced()
    {
        if (Backends.Get("cuda").UnavailableReason is not null)
        {
            CliRun.Of("evaluate", trained.Model, "--dataset", "synthetic-digits", "--backend", "cuda").MustRefuse("cuda", "OrtGpu");
        }
    }

    /// <summary>x, flattened, times zeros [width, 10]: always class 0.</summary>
    private static OnnxModel Classifier(Dimension[] shape, int width)
    {
        var graph = new OnnxGraph { Name = "zeros" };
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, new SymbolicShape(shape)));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, new SymbolicShape(shape[0], 10)));
        graph.Initializers.Add("w", new Tensor<float>([width, 10]));
        graph.Nodes.Add(new OnnxNode("flat", new Flatten(1), ["x"], ["f"]));
        graph.Nodes.Add(new OnnxNode("product", new MatMul(), ["f", "w"], ["y"]));
        return new OnnxModel(graph);
    }
}

using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using Toolkit.Trainer;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Export.Tests;

public sealed class CrossCheckTests : IDisposable
{
    private readonly Sequential _model = TestModels.Classifier();
    private readonly byte[] _bytes;
    private readonly IInferenceSession _managed;

    public CrossCheckTests()
    {
        _bytes = _model.ToOnnx().ToBytes();
        _managed = new ManagedBackend().Load(_bytes);
    }

    public void Dispose() => _managed.Dispose();

    [Fact]
    public void Every_batch_size_gives_the_same_outputs()
    {
        var inputs = new Dictionary<string, Tensor> { ["input"] = TestModels.Samples(10, 1, 4, 4) };

        Tensor<float> whole = CrossCheck.Run(_managed, inputs, 0)["output"].As<float>();
        Tensor<float> pieces = CrossCheck.Run(_managed, inputs, 3)["output"].As<float>();

        Assert.Equal(new Shape(10, 3), pieces.Shape);
        Assert.InRange(TensorDifference.Between(whole, pieces, 0).MaxAbsolute, 0, 1e-6);
    }

    [Fact]
    public void The_backend_that_is_off_is_reported_and_the_others_are_not()
    {
        using IInferenceSession wrong = new ScaledBackend(1.5f).Load(_bytes);
        using IInferenceSession right = new ManagedBackend().Load(_bytes);
        var inputs = new Dictionary<string, Tensor> { ["input"] = TestModels.Samples(9, 1, 4, 4) };

        CrossCheckReport report = CrossCheck.BetweenBackends([_managed, wrong, right], inputs);

        Assert.Equal("managed", report.Reference);
        Assert.Equal([1, 7, 9], report.BatchSizes);
        Assert.False(report.Agrees);
        Assert.Equal([false, true], report.Backends.Select(backend => backend.Difference.Agrees));
        Assert.Equal(1.0 / 3, report.MaxRelativeDifference, 1e-6);
    }

    [Fact]
    public void All_samples_are_compared_at_the_greatest_size_and_the_first_ones_at_the_others()
    {
        using IInferenceSession wrong = new ScaledBackend(1.5f, leastRows: 600).Load(_bytes);
        using IInferenceSession wrongAt128 = new ScaledBackend(1.5f, leastRows: 128).Load(_bytes);
        var inputs = new Dictionary<string, Tensor> { ["input"] = TestModels.Samples(600, 1, 4, 4) };

        CrossCheckReport report = CrossCheck.BetweenBackends([_managed, wrong, wrongAt128], inputs);

        Assert.Equal([1, 7, 128, 600], report.BatchSizes);
        Assert.Equal([512, 512, 512, 600], report.BatchSizes.Select(report.SamplesAt));
        Assert.Equal([600, 128], report.Backends.Select(backend => backend.WorstBatchSize));
        Assert.Equal(600, report.Samples);
    }

    [Fact]
    public void A_trainer_that_has_been_trained_on_disagrees_with_its_older_file()
    {
        _model.SetWeights(_model.GetWeights().Select(weight => KeyValuePair.Create(weight.Key, new Tensor<float>(weight.Value.Shape, weight.Value.ToArray().Select(value => value + 0.1f).ToArray()))));

        Assert.False(CrossCheck.WithTrainer(_model, [_managed], [TestModels.Samples(5, 1, 4, 4)]).Agrees);
    }

    [Fact]
    public void One_backend_alone_cannot_be_compared() =>
        Assert.Throws<ArgumentException>(() => CrossCheck.BetweenBackends([_managed], new Dictionary<string, Tensor>()));

    [Fact]
    public void Random_inputs_fit_the_model_and_repeat()
    {
        ValueInfo[] infos =
        [
            new("x", ElementType.Float32, new SymbolicShape("N", 3)),
            new("i", ElementType.Int64, new SymbolicShape(2)),
            new("b", ElementType.Bool, new SymbolicShape("N")),
        ];

        OrderedDictionary<string, Tensor> first = CrossCheck.RandomInputs(infos, 4, seed: 1);
        OrderedDictionary<string, Tensor> second = CrossCheck.RandomInputs(infos, 4, seed: 1);
        OrderedDictionary<string, Tensor> other = CrossCheck.RandomInputs(infos, 4, seed: 2);

        Assert.Equal(["x [4,3]", "i [2]", "b [4]"], first.Select(pair => $"{pair.Key} {pair.Value.Shape}"));
        Assert.Equal(first["x"].As<float>().ToArray(), second["x"].As<float>().ToArray());
        Assert.NotEqual(first["x"].As<float>().ToArray(), other["x"].As<float>().ToArray());
        Assert.All(first["x"].As<float>().ToArray(), value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void An_axis_that_stays_open_needs_inputs_from_a_file()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => CrossCheck.RandomInputs([new ValueInfo("x", ElementType.Float32, new SymbolicShape("N", "T"))], 4, 1));

        Assert.Contains("'x'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_a_fixed_batch_is_run_with_that_batch()
    {
        using IInferenceSession first = new ManagedBackend().Load(Negation([2, 3]).ToBytes());
        using IInferenceSession second = new ManagedBackend().Load(Negation([2, 3]).ToBytes());

        CrossCheckReport report = CrossCheck.BetweenBackends([first, second], new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(6, 3) });

        Assert.Equal([2], report.BatchSizes);
        Assert.True(report.Agrees);
        Assert.Throws<ArgumentException>(() => CrossCheck.BetweenBackends([first, second], new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(5, 3) }));
    }

    [Fact]
    public void A_bundle_holds_model_inputs_outputs_and_script()
    {
        using var folder = new TemporaryFolder();
        var inputs = new Dictionary<string, Tensor> { ["input"] = TestModels.Samples(8, 1, 4, 4) };
        OrderedDictionary<string, Tensor> outputs = CrossCheck.Run(_managed, inputs, 0);
        CrossCheckReport report = CrossCheck.BetweenBackends([_managed, _managed], inputs);

        CrossCheckBundle.Write(folder["bundle"], _bytes, inputs, outputs, report);

        Assert.Equal(_bytes, File.ReadAllBytes(Path.Combine(folder["bundle"], "model.onnx")));
        Assert.Equal(outputs["output"].As<float>().ToArray(), NpzFile.Read(Path.Combine(folder["bundle"], "outputs.npz"))["output"].As<float>().ToArray());
        Assert.Equal(new Shape(8, 1, 4, 4), NpzFile.Read(Path.Combine(folder["bundle"], "inputs.npz"))["input"].Shape);
        string script = File.ReadAllText(Path.Combine(folder["bundle"], CrossCheckBundle.ScriptName));
        Assert.StartsWith("#!/usr/bin/env python3\n", script, StringComparison.Ordinal);
        Assert.Contains("TOLERANCE = 1E-05\n", script, StringComparison.Ordinal);
        Assert.Contains("REFERENCE = \"managed\"\n", script, StringComparison.Ordinal);
    }

    private static OnnxModel Negation(Shape shape)
    {
        var graph = new OnnxGraph { Name = "negation" };
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, SymbolicShape.From(shape)));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, SymbolicShape.From(shape)));
        graph.Nodes.Add(new OnnxNode("neg", new Neg(), ["x"], ["y"]));
        return new OnnxModel(graph);
    }
}

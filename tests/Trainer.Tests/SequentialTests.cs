using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests;

public class SequentialTests
{
    [Fact]
    public void A_Keras_example_ports_line_by_line()
    {
        var model = new Sequential();
        model.Add(new Dense(16, activation: "relu", inputShape: [8]));
        model.Add(new Dense(3, activation: "softmax"));
        model.Compile(optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        var x = new Tensor<float>([10, 8]);
        var y = new Tensor<float>([10, 3]);
        for (int i = 0; i < 10; i++)
        {
            y[i, i % 3] = 1;
        }

        History history = model.Fit(x, y, epochs: 2, batchSize: 4, verbose: 0);

        Assert.Equal(["loss", "accuracy"], history.Names);
        Assert.Equal(2, history["loss"].Count);
        Assert.Equal([10, 3], model.Predict(x).Shape);
        EvaluationResult result = model.Evaluate(x, y);
        Assert.Equal(result["accuracy"], result.Accuracy);
        Assert.Contains("loss, accuracy", Assert.Throws<KeyNotFoundException>(() => result["auc"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_layers_learn_xor()
    {
        var model = new Sequential(new Input(2), new Dense(8, "tanh"), new Dense(1, "sigmoid"));
        model.Compile(new Adam(0.05), "binary_crossentropy", ["accuracy"]);
        Tensor<float> x = Tensor.From<float>([4, 2], 0, 0, 0, 1, 1, 0, 1, 1);
        Tensor<float> y = Tensor.From<float>([4], 0, 1, 1, 0);

        History history = model.Fit(x, y, epochs: 200, batchSize: 4, verbose: 0);

        Assert.Equal(1.0, model.Evaluate(x, y).Accuracy);
        Assert.True(history["loss"][^1] < 0.05, $"loss {history["loss"][^1]}");
        Assert.Equal([0f, 1f, 1f, 0f], model.Predict(x).ToArray().Select(value => MathF.Round(value)));
    }

    [Fact]
    public void One_layer_cannot_learn_xor()
    {
        var model = new Sequential(new Input(2), new Dense(1, "sigmoid"));
        model.Compile(new Adam(0.05), "binary_crossentropy", ["accuracy"]);
        Tensor<float> x = Tensor.From<float>([4, 2], 0, 0, 0, 1, 1, 0, 1, 1);
        Tensor<float> y = Tensor.From<float>([4], 0, 1, 1, 0);

        model.Fit(x, y, epochs: 300, batchSize: 4, verbose: 0);

        Assert.True(model.Evaluate(x, y).Loss >= Math.Log(2) - 1e-4);
    }

    [Fact]
    public void Predictions_do_not_depend_on_the_batch_size()
    {
        var model = new Sequential(new Input(5), new Dense(7, "relu"), new Dense(3, "softmax"));
        var x = new Tensor<float>([13, 5]);
        new CounterRandom(1, 1).FillNormal(x.Span);

        float[] expected = model.Predict(x, batchSize: 13).ToArray();

        Assert.All([1, 4, 5, 64], size =>
            Assert.All(expected.Zip(model.Predict(x, size).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f)));
        Assert.Equal([0, 3], model.Predict(new Tensor<float>([0, 5])).Shape);
    }

    [Fact]
    public void The_summary_is_Kerass_table()
    {
        var model = new Sequential(new Input(784), new Dense(512, "relu"), new Dropout(0.2), new Dense(10, "softmax")) { Name = "mnist" };
        var output = new StringWriter();

        string text = model.Summary(output);

        string[] lines = text.Split('\n');
        Assert.Equal("Model: \"mnist\"", lines[0]);
        Assert.Equal(["Layer", "(type)", "Output", "Shape", "Param", "#"], Words(lines[2]));
        Assert.Equal(["dense", "(Dense)", "(None,", "512)", "401,920"], Words(lines[4]));
        Assert.Equal(["dropout", "(Dropout)", "(None,", "512)", "0"], Words(lines[5]));
        Assert.Equal(["dense_1", "(Dense)", "(None,", "10)", "5,130"], Words(lines[6]));
        Assert.Equal(" Total params: 407,050 (1.55 MB)", lines[8]);
        Assert.Equal(text + Environment.NewLine, output.ToString());
    }

    [Fact]
    public void Weights_are_read_and_replaced_by_name()
    {
        var model = new Sequential(new Input(2), new Dense(1, name: "d"));
        OrderedDictionary<string, Tensor<float>> weights = model.GetWeights();
        weights["d.kernel"].Span.Fill(3);

        Assert.DoesNotContain(3f, model.GetWeights()["d.kernel"].ToArray());
        model.SetWeights(weights);

        Assert.Equal([3f, 3f], model.GetWeights()["d.kernel"].ToArray());
        Assert.Equal(["d.kernel", "d.bias"], weights.Keys);
        AssertRefuses(new() { ["d.weight"] = new Tensor<float>([2, 1]) }, "no parameter 'd.weight'; expected one of d.kernel, d.bias");
        AssertRefuses(new() { ["d.bias"] = Tensor.Vector(9f), ["d.kernel"] = new Tensor<float>([1, 2]) }, "'d.kernel' expected shape [2,1], got [1,2]");
        Assert.Equal([0f], model.GetWeights()["d.bias"].ToArray());

        void AssertRefuses(Dictionary<string, Tensor<float>> bad, string expected) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => model.SetWeights(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Copied_weights_come_back()
    {
        var model = new Sequential(new Input(2), new Dense(1));
        float[] copy = model.CopyWeights();
        model.SetWeights([new("dense.bias", Tensor.Vector(9f))]);

        model.RestoreWeights(copy);

        Assert.Equal(0f, model.GetWeights()["dense.bias"].Span[0]);
        Assert.Contains($"expected {copy.Length} values, got 2", Assert.Throws<ArgumentException>(() => model.RestoreWeights([1, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trace_is_the_inference_graph()
    {
        var model = new Sequential(new Input(2, 3), new Flatten(), new Dense(4, "relu", name: "hidden"), new Dropout(0.5), new Dense(2, "softmax", name: "out"));
        model.Compile("sgd", "categorical_crossentropy");

        InferenceTrace trace = model.Trace();

        Assert.Equal(["Flatten", "Gemm", "Gemm", "Softmax"], trace.Steps.Select(step => step.Function.Name));
        Assert.Equal(["flatten", "hidden", "out", "out"], trace.Steps.Select(step => step.Path));
        TraceValue input = trace.Values[Assert.Single(trace.Inputs)];
        (string name, int output) = Assert.Single(trace.Outputs);
        Assert.Equal(("input", TraceValueKind.Input, new Shape(1, 2, 3)), (input.Name, input.Kind, input.Shape));
        Assert.Equal(("output", trace.Steps[^1].Output), (name, output));
        TraceValue kernel = trace.Values.Single(value => value.Name == "hidden.kernel");
        Assert.Equal(TraceValueKind.Parameter, kernel.Kind);
        Assert.Equal(model.GetWeights()["hidden.kernel"].ToArray(), kernel.Data!.ToArray());
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        var model = new Sequential(new Dense(3));
        var x = new Tensor<float>([2, 4]);

        Assert.Contains("not been built", Assert.Throws<InvalidOperationException>(() => model.Trace()).Message, StringComparison.Ordinal);
        Assert.Contains("not been built", Assert.Throws<InvalidOperationException>(() => model.Summary(TextWriter.Null)).Message, StringComparison.Ordinal);
        Assert.Contains("call Compile", Assert.Throws<InvalidOperationException>(() => model.Fit(x, x)).Message, StringComparison.Ordinal);
        Assert.Contains("no layers", Assert.Throws<InvalidOperationException>(() => new Sequential().Predict(x)).Message, StringComparison.Ordinal);
        _ = model.Predict(x);
        Assert.Contains("has been built", Assert.Throws<InvalidOperationException>(() => model.Add(new Dense(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_of_the_wrong_shape_is_refused_by_the_layers_name()
    {
        var model = new Sequential(new Input(784), new Dense(10, name: "first"));

        string message = Assert.Throws<ArgumentException>(() => model.Predict(new Tensor<float>([5, 28, 28]))).Message;

        Assert.Contains("layer 'first' expected input of shape [n,784], got [5,28,28]. Reshape x", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Reshape", Assert.Throws<ArgumentException>(() => model.Predict(new Tensor<float>([5, 783]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_depend_on_the_seed_and_stay_when_the_model_is_compiled_again()
    {
        float[] Draw(int? seed)
        {
            var model = new Sequential(new Input(4), new Dense(3));
            model.Compile("sgd", "mse", seed: seed);
            float[] weights = model.CopyWeights();
            model.Compile("adam", "mse", seed: 77);
            Assert.Equal(weights, model.CopyWeights());
            return weights;
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.Equal(Draw(42), Draw(null));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

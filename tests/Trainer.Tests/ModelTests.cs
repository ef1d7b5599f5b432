using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests;

public class ModelTests
{
    [Fact]
    public void A_branch_is_added_to_what_it_came_from()
    {
        Node x = new Input(2);
        Node h = new Dense(2, useBias: false, name: "h").Apply(x);
        var model = new Model(x, x + h);
        model.SetWeights([new("h.kernel", Tensor.From<float>([2, 2], 1, 2, 3, 4))]);

        // [1, 10] + [1, 10] · [[1, 2], [3, 4]]
        Assert.Equal([32f, 52f], model.Predict(Tensor.From<float>([1, 2], 1, 10)).ToArray());
    }

    [Fact]
    public void A_shared_layer_has_one_set_of_parameters_and_gets_the_gradients_of_all_its_uses()
    {
        var shared = new Dense(1, useBias: false, name: "shared");
        Node a = new Input(new Shape(1), "a");
        Node b = new Input(new Shape(1), "b");
        var model = new Model([a, b], [new Add(name: "sum").Apply(shared.Apply(a), shared.Apply(b))]);
        model.SetWeights([new("shared.kernel", Tensor.From<float>([1, 1], 2f))]);
        var tape = new Tape();

        Variable y = model.Call(tape, [tape.Input(Tensor.From<float>([1, 1], 3f)), tape.Input(Tensor.From<float>([1, 1], 5f))])[0];
        tape.Backward(y);

        Assert.Equal(1, model.ParameterCount);
        Assert.Equal(16f, y.Value.As<float>().Span[0]);
        Assert.Equal(8f, model.Parameters[0].Gradient[0]);
    }

    [Fact]
    public void Several_inputs_and_outputs_train_with_a_loss_and_metrics_each()
    {
        Model model = TwoHeads();
        model.Compile(new Adam(0.02), ["mse", "binary_crossentropy"], lossWeights: [0.5, 2], metrics: [["mae"], ["binary_accuracy"]]);
        TrainingData data = TwoHeadData(64);

        History history = model.Fit(data, new FitOptions { Epochs = 30, BatchSize = 16, Verbose = 0, ValidationData = data });
        EvaluationResult result = model.Evaluate(data);

        Assert.Equal(
            ["loss", "value_loss", "flag_loss", "value_mae", "flag_binary_accuracy", "val_loss", "val_value_loss", "val_flag_loss", "val_value_mae", "val_flag_binary_accuracy"],
            history.Names);
        Assert.Equal((0.5 * result["value_loss"]) + (2 * result["flag_loss"]), result.Loss, 1e-5);
        Assert.True(history["loss"][^1] < 0.5 * history["loss"][0]);
        Tensor<float>[] outputs = model.Predict(data.Inputs);
        Assert.Equal([64, 1], outputs[0].Shape.Dimensions.ToArray());
        Assert.Equal(["value", "flag"], model.OutputNames);
        Assert.Equal(["left", "right"], model.InputNames);
    }

    [Fact]
    public void Layers_get_names_in_the_order_in_which_they_were_applied()
    {
        Node x = new Input(3);
        Node a = new Dense(2).Apply(x);
        Node b = new Dense(2).Apply(x);
        var model = new Model(x, new Multiply().Apply(a, b));

        Assert.Equal(["dense", "dense_1", "multiply"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["dense.kernel", "dense.bias", "dense_1.kernel", "dense_1.bias"], model.Parameters.Select(parameter => parameter.Name));
        Assert.Same(b.Layer, model.GetLayer("dense_1"));
        Assert.Contains("no layer 'dens'; expected one of dense, dense_1, multiply", Assert.Throws<ArgumentException>(() => model.GetLayer("dens")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_are_what_a_layer_gives()
    {
        var model = new Sequential(new Input(2), new Dense(3, "tanh", name: "hidden"), new Dense(1));
        Tensor<float> x = Tensor.From<float>([5, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        var hidden = new Sequential(new Input(2), new Dense(3, "tanh", name: "hidden"));
        hidden.SetWeights(model.GetWeights().Where(pair => pair.Key.StartsWith("hidden", StringComparison.Ordinal)));

        Assert.Equal(hidden.Predict(x).ToArray(), model.Activations(x, "hidden", batchSize: 2).ToArray());
    }

    [Fact]
    public void Frozen_layers_keep_their_weights_and_thaw_again()
    {
        Sequential model = Regression();
        (Tensor<float> x, Tensor<float> y) = Line(32);
        model.Fit(x, y, epochs: 1, verbose: 0);
        float[] before = [.. model.GetWeights()["dense.kernel"].ToArray()];
        float[] beforeHead = [.. model.GetWeights()["dense_1.kernel"].ToArray()];

        model.Freeze(until: "dense");
        Assert.Equal(before, model.GetWeights()["dense.kernel"].ToArray());
        model.Fit(x, y, epochs: 2, verbose: 0);

        Assert.Equal(before, model.GetWeights()["dense.kernel"].ToArray());
        Assert.NotEqual(beforeHead, model.GetWeights()["dense_1.kernel"].ToArray());
        Assert.Contains("Non-trainable params: 12", model.Summary(TextWriter.Null), StringComparison.Ordinal);

        model.Unfreeze();
        model.Fit(x, y, epochs: 1, verbose: 0);
        Assert.NotEqual(before, model.GetWeights()["dense.kernel"].ToArray());
    }

    [Fact]
    public void Class_weights_are_the_sample_weights_of_the_classes()
    {
        (Tensor<float> x, Tensor<float> y) = Classes(48);
        Tensor<float> weights = Tensor.From([48], [.. y.ToArray().Select(label => label == 1 ? 3f : 1f)]);
        Sequential byClass = Classifier();
        Sequential bySample = Classifier();
        Sequential plain = Classifier();

        byClass.Fit(new TrainingData(x, y), new FitOptions { Epochs = 2, BatchSize = 16, Verbose = 0, ClassWeights = new Dictionary<int, double> { [1] = 3 } });
        bySample.Fit(new TrainingData(x, y, weights), new FitOptions { Epochs = 2, BatchSize = 16, Verbose = 0 });
        plain.Fit(x, y, epochs: 2, batchSize: 16, verbose: 0);

        Assert.Equal(byClass.CopyWeights(), bySample.CopyWeights());
        Assert.NotEqual(byClass.CopyWeights(), plain.CopyWeights());
    }

    [Fact]
    public void Weights_of_one_change_nothing_but_rounding_and_a_weight_of_zero_leaves_a_sample_out()
    {
        (Tensor<float> x, Tensor<float> y) = Classes(32);
        Sequential model = Classifier();
        Tensor<float> ones = Tensor.Ones<float>([32]);
        var zeros = new Tensor<float>([32]);
        zeros.Span[..16].Fill(1f);

        Assert.Equal(model.Evaluate(x, y).Loss, model.Evaluate(new TrainingData(x, y, ones)).Loss, 1e-6);
        Assert.Equal(
            model.Evaluate(x[..16].Contiguous(), y[..16].Contiguous()).Loss / 2,
            model.Evaluate(new TrainingData(x, y, zeros)).Loss,
            1e-6);
    }

    [Fact]
    public void A_regularizer_adds_its_penalty_to_the_loss_of_training_and_evaluation()
    {
        var model = new Sequential(new Input(1), new Dense(1, kernelRegularizer: "l2", useBias: false, name: "d"));
        model.Compile("sgd", "mse");
        model.SetWeights([new("d.kernel", Tensor.From<float>([1, 1], 3f))]);
        Tensor<float> x = Tensor.From<float>([1, 1], 0f);

        // Keras's l2 is 0.01 Σ w², without ½.
        Assert.Equal(0.09, model.Evaluate(x, x).Loss, 1e-6);
        Assert.Equal(0.09, model.Fit(x, x, batchSize: 1, verbose: 0)["loss"][0], 1e-6);
        Assert.Equal(3f - (0.01f * 2 * 0.01f * 3f), model.GetWeights()["d.kernel"].Span[0], 1e-6f);
    }

    [Fact]
    public void An_optimizer_with_a_line_search_trains_through_Fit()
    {
        Sequential model = Regression(new Lbfgs());
        (Tensor<float> x, Tensor<float> y) = Line(64);

        History history = model.Fit(x, y, epochs: 30, batchSize: 64, shuffle: false, verbose: 0);

        Assert.True(history["loss"][^1] < 1e-4, $"loss {history["loss"][^1]}");
    }

    [Fact]
    public void What_is_wrong_with_a_graph_is_said_by_name()
    {
        Node x = new Input(4);
        Node z = new Input(4);
        Node loose = new Dense(2, name: "loose").Apply(z);

        AssertRefuses(() => new Model(x, loose), "which is not among the inputs");
        AssertRefuses(() => new Model(loose, loose), "expected nodes of Input layers as inputs");
        AssertRefuses(() => new Add(name: "sum").Apply(x), "Layer 'sum': expected two inputs or more, got 1");
        AssertRefuses(() => new Dense(2, name: "d").Apply(x, z), "Layer 'd': expected one input, got 2");
        AssertRefuses(() => new Model(x, new Add(name: "sum").Apply(new Dense(3).Apply(x), new Dense(2).Apply(x))), "Layer 'sum'");
        AssertRefuses(() => new Sequential(new Input(4), new Add()), "use new Model(inputs, outputs)");
        Model model = TwoHeads();
        Assert.Contains("has 2 outputs", Assert.Throws<ArgumentException>(() => model.Compile("sgd", ["mse"])).Message, StringComparison.Ordinal);
        model.Compile("sgd", "mse");
        AssertRefuses(() => model.Predict([Tensor.Ones<float>([2, 3])]), "expected 2 inputs (left, right), got 1");
        AssertRefuses(() => model.Predict([Tensor.Ones<float>([2, 3]), Tensor.Ones<float>([2, 5])]), "input 'right' expected input of shape [n,2], got [2,5]");
        AssertRefuses(() => model.Evaluate(new TrainingData(Tensor.Ones<float>([2, 3]), Tensor.Ones<float>([2, 1]))), "expected 2 inputs");

        static void AssertRefuses(Func<object?> action, string expected) =>
            Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static Model TwoHeads()
    {
        Node left = new Input(new Shape(3), "left");
        Node right = new Input(new Shape(2), "right");
        Node h = new Add().Apply(new Dense(8, "tanh").Apply(left), new Dense(8, "tanh").Apply(right));
        return new Model([left, right], [new Dense(1, name: "value").Apply(h), new Dense(1, "sigmoid", name: "flag").Apply(h)]);
    }

    private static TrainingData TwoHeadData(int count)
    {
        Tensor<float> left = Random(1, count, 3);
        Tensor<float> right = Random(2, count, 2);
        var value = new Tensor<float>([count, 1]);
        var flag = new Tensor<float>([count, 1]);
        for (int i = 0; i < count; i++)
        {
            value.Span[i] = left.Span[i * 3] - right.Span[i * 2];
            flag.Span[i] = left.Span[(i * 3) + 1] > 0 ? 1 : 0;
        }

        return new TrainingData([left, right], [value, flag]);
    }

    private static Sequential Regression(Optimizer? optimizer = null)
    {
        var model = new Sequential(new Input(2), new Dense(4, "tanh"), new Dense(1));
        model.Compile(optimizer ?? new Sgd(0.05), "mse");
        return model;
    }

    private static Sequential Classifier()
    {
        var model = new Sequential(new Input(2), new Dense(6, "relu"), new Dense(3, "softmax"));
        model.Compile("adam", "sparse_categorical_crossentropy");
        return model;
    }

    private static (Tensor<float> X, Tensor<float> Y) Line(int count)
    {
        Tensor<float> x = Random(3, count, 2);
        return (x, Tensor.From([count, 1], [.. Enumerable.Range(0, count).Select(i => (0.3f * x.Span[2 * i]) - (0.2f * x.Span[(2 * i) + 1]))]));
    }

    private static (Tensor<float> X, Tensor<float> Y) Classes(int count) => (Random(4, count, 2), Tensor.From([count], [.. Enumerable.Range(0, count).Select(i => (float)(i * 7 % 3))]));

    private static Tensor<float> Random(ulong stream, params int[] shape)
    {
        var tensor = new Tensor<float>(new Shape(shape));
        new CounterRandom(5, stream).FillUniform(tensor.Span);
        return (2f * tensor) - 1f;
    }
}

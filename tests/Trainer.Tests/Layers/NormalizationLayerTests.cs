using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Layers;

public class NormalizationLayerTests
{
    [Fact]
    public void Batch_normalization_follows_the_population_variance_of_its_batches()
    {
        var model = new Sequential(new Input(1), new BatchNormalization(name: "b"));
        _ = model.Arena;
        var tape = new Tape();

        // Mean 3, population variance 5; the sample variance would be 20/3.
        float[] y = model.Call(tape, tape.Input(Tensor.From<float>([4, 1], 0, 2, 4, 6))).Value.As<float>().ToArray();

        Assert.Equal(-3 / Math.Sqrt(5 + 1e-3), y[0], 1e-5);
        Assert.Equal(0.03f, model.GetWeights()["b.moving_mean"].Span[0], 1e-6f);
        Assert.Equal(0.99f + 0.05f, model.GetWeights()["b.moving_variance"].Span[0], 1e-6f);
    }

    [Fact]
    public void Batch_normalization_takes_statistics_of_each_channel_of_images()
    {
        var model = new Sequential(new Input(2, 2, 2), new BatchNormalization(momentum: 0, epsilon: 1e-9, name: "b"));
        _ = model.Arena;
        var tape = new Tape();

        Variable y = model.Call(tape, tape.Input(Tensor.From<float>([2, 2, 2, 2], 1, 2, 3, 4, 10, 10, 10, 30, 5, 6, 7, 8, 10, 10, 10, 30)));

        Assert.Equal([4.5f, 15], model.GetWeights()["b.moving_mean"].ToArray());
        Assert.Equal([5.25f, 75], model.GetWeights()["b.moving_variance"].ToArray());
        Assert.Equal((1 - 4.5) / Math.Sqrt(5.25), y.Value.As<float>().Span[0], 1e-5);
    }

    [Fact]
    public void Inference_uses_the_running_statistics_and_leaves_them()
    {
        var model = new Sequential(new Input(1), new BatchNormalization(name: "b"));
        model.SetWeights(new Dictionary<string, Tensor<float>> { ["b.moving_mean"] = Tensor.Vector(2f), ["b.moving_variance"] = Tensor.Vector(4f), ["b.gamma"] = Tensor.Vector(3f), ["b.beta"] = Tensor.Vector(1f) });

        float y = model.Predict(Tensor.From<float>([1, 1], 6)).Span[0];

        Assert.Equal(1 + (3 * 4 / Math.Sqrt(4 + 1e-3)), y, 1e-5);
        Assert.Equal(2f, model.GetWeights()["b.moving_mean"].Span[0]);
    }

    [Fact]
    public void Statistics_are_parameters_that_the_optimizer_leaves_alone()
    {
        var model = new Sequential(new Input(3), new BatchNormalization());

        Assert.Equal(["batch_normalization.gamma", "batch_normalization.beta", "batch_normalization.moving_mean", "batch_normalization.moving_variance"], model.Parameters.Select(p => p.Name));
        Assert.Equal([true, true, false, false], model.Parameters.Select(p => p.IsTrainable));
        Assert.Equal(["n.beta", "n.moving_mean", "n.moving_variance"], new Sequential(new Input(3), new BatchNormalization(scale: false, name: "n")).Parameters.Select(p => p.Name));
    }

    [Fact]
    public void A_frozen_layer_keeps_its_statistics_and_uses_them()
    {
        var model = new Sequential(new Input(1), new BatchNormalization(name: "b"), new Dense(1));
        model.Compile(new Sgd(), "mse");
        model.Freeze("b");

        model.Fit(Tensor.From<float>([4, 1], 0, 2, 4, 6), Tensor.From<float>([4, 1], 1, 2, 3, 4), batchSize: 4, verbose: 0);

        Assert.Equal(0f, model.GetWeights()["b.moving_mean"].Span[0]);
        Assert.Equal(1f, model.GetWeights()["b.moving_variance"].Span[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_replayed_step_changes_the_statistics_as_the_eager_tape_does(int threads)
    {
        using var workers = new WorkerPool(threads);
        Sequential eager = Images();
        Sequential replayed = Images();
        var x = new Tensor<float>([6, 3, 8, 8]);
        var y = new Tensor<float>([6, 2]);
        Variable Loss(Sequential model, Tape tape, IReadOnlyList<Variable> inputs) => tape.Apply(MeanSquaredErrorFunction.Instance, model.Call(tape, inputs[0]), inputs[1]);
        _ = (eager.Arena, replayed.Arena);
        StepProgram program = StepProgram.Record([x.Shape, y.Shape], (tape, inputs) => Loss(replayed, tape, inputs));
        float[] first = [.. eager.Arena.Values];
        for (ulong step = 0; step < 3; step++)
        {
            new CounterRandom(5, step).FillNormal(x.Span);
            var tape = new Tape(workers: workers);
            Variable loss = Loss(eager, tape, [tape.Input(x), tape.Input(y)]);
            tape.Backward(loss);

            x.Span.CopyTo(program.Input(0));
            y.Span.CopyTo(program.Input(1));
            program.Forward(workers, step);
            program.Backward(workers, step);

            Assert.Equal(loss.Value.As<float>().Span[0], program.Loss);
            Assert.Equal(eager.Arena.Gradients, replayed.Arena.Gradients);
            Assert.Equal(eager.Arena.Values, replayed.Arena.Values);
        }

        Assert.NotEqual(first, eager.Arena.Values.ToArray());
        TestAllocations.AssertNone(() =>
        {
            program.Forward(workers);
            program.Backward(workers);
        });
    }

    [Fact]
    public void A_gradient_check_leaves_the_statistics_as_they_were()
    {
        Sequential model = Images();
        var x = new Tensor<float>([3, 3, 8, 8]);
        new CounterRandom(6, 0).FillNormal(x.Span);
        float[] before = model.Arena.Values.ToArray();

        GradientCheckResult result = GradientCheck.Run(model, new MeanSquaredError(), x, new Tensor<float>([3, 2]));

        Assert.True(result.RelativeError <= 1e-6, result.ToString());
        Assert.Equal(before, model.Arena.Values.ToArray());
    }

    [Fact]
    public void State_must_be_a_parameter_that_is_not_trained()
    {
        string message = Assert.Throws<ArgumentException>(() => StepProgram.Record([[4, 3], [3]], (tape, inputs) =>
            Ops.Sum(tape.Apply(new BatchNormalizationFunction(hasScale: false, hasBias: false), inputs[0], inputs[1], inputs[1])))).Message;

        Assert.Contains("must be a parameter that is not trained", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layer_normalization_has_Kerass_epsilon_and_works_on_each_sample()
    {
        var model = new Sequential(new Input(4), new LayerNormalization());

        float[] y = model.Predict(Tensor.From<float>([2, 4], 0, 2, 4, 6, 1, 1, 1, 1)).ToArray();

        Assert.Equal(-3 / Math.Sqrt(5 + 1e-3), y[0], 1e-5);
        Assert.Equal([0f, 0, 0, 0], y[4..]);
        Assert.Equal(["layer_normalization.gamma", "layer_normalization.beta"], model.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Layer_normalization_takes_the_axes_from_its_axis_on()
    {
        var model = new Sequential(new Input(2, 2), new LayerNormalization(axis: 1, epsilon: 1e-9));

        Assert.Equal((1 - 2.5) / Math.Sqrt(1.25), model.Predict(Tensor.From<float>([1, 2, 2], 1, 2, 3, 4)).Span[0], 1e-5);
        Assert.Equal([2, 2], model.Parameters[0].Shape.Dimensions.ToArray());
        Assert.Throws<ArgumentException>(() => new Sequential(new Input(3), new LayerNormalization(axis: 2)).Build([3]));
    }

    [Fact]
    public void Axes_that_are_not_the_channels_are_refused() =>
        Assert.Contains("Permute", Assert.Throws<ArgumentException>(() => new Sequential(new Input(3, 4, 4), new BatchNormalization(axis: 3)).Build([3, 4, 4])).Message, StringComparison.Ordinal);

    private static Sequential Images() => new(
        new Input(3, 8, 8),
        new BatchNormalization(),
        new MaxPooling2D(),
        new LeakyRelu(),
        new BatchNormalization(scale: false),
        new Gelu(),
        new AveragePooling2D(3, padding: "same"),
        new BatchNormalization(center: false),
        new LayerNormalization(axis: 1),
        new GlobalAveragePooling2D(),
        new Dense(2));
}

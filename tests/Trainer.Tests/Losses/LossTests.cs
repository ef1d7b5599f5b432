using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Tests.Losses;

public class LossTests
{
    [Fact]
    public void Values_agree_with_the_formulas()
    {
        Tensor<double> p = Tensor.From([2, 3], 0.2, 0.3, 0.5, 0.6, 0.3, 0.1);
        Tensor<double> oneHot = Tensor.From([2, 3], 0.0, 0, 1, 1, 0, 0);
        Tensor<double> labels = Tensor.From([2, 1], 2.0, 0);
        double crossEntropy = -(Math.Log(0.5) + Math.Log(0.6)) / 2;
        double binary = -(Math.Log(0.8) + Math.Log(0.7) + Math.Log(0.5) + Math.Log(0.6) + Math.Log(0.7) + Math.Log(0.9)) / 6;
        double squared = (0.04 + 0.09 + 0.25 + 0.16 + 0.09 + 0.01) / 6;

        Assert.Equal(crossEntropy, Value("categorical_crossentropy", p, oneHot), 1e-12);
        Assert.Equal(crossEntropy, Value("sparse_categorical_crossentropy", p, labels), 1e-12);
        Assert.Equal(binary, Value("binary_crossentropy", p, oneHot), 1e-12);
        Assert.Equal(squared, Value("mse", p, oneHot), 1e-12);
        Assert.Equal(squared, Value("mean_squared_error", p, oneHot), 1e-12);
    }

    [Fact]
    public void Probabilities_are_normalised_and_clipped_as_in_Keras()
    {
        Assert.Equal(-Math.Log(0.25), Value("categorical_crossentropy", Tensor.From([1, 2], 0.1, 0.3), Tensor.From([1, 2], 1.0, 0)), 1e-12);
        Assert.Equal(-Math.Log(1e-7), Value("categorical_crossentropy", Tensor.From([1, 2], 0.0, 1), Tensor.From([1, 2], 1.0, 0)), 1e-12);
        Assert.Equal(-Math.Log(1e-7), Value("sparse_categorical_crossentropy", Tensor.From([1, 2], 0.0, 1), Tensor.From([1, 1], 0.0)), 1e-12);
        Assert.Equal(-Math.Log(1e-7), Value("binary_crossentropy", Tensor.From([1, 1], 0.0), Tensor.From([1, 1], 1.0)), 1e-12);
    }

    [Theory]
    [InlineData("softmax", "categorical_crossentropy")]
    [InlineData("softmax", "sparse_categorical_crossentropy")]
    [InlineData("sigmoid", "binary_crossentropy")]
    public void From_logits_and_from_probabilities_agree(string activation, string name)
    {
        Loss loss = name;
        Tensor<double> logits = Tensor.From([2, 3], 0.4, -1.3, 2.2, 0.1, 0.2, -0.3);
        Tensor<double> targets = name.StartsWith("sparse", StringComparison.Ordinal) ? Tensor.From([2, 1], 1.0, 2) : Tensor.From([2, 3], 0.0, 1, 0, 0, 0, 1);
        var tape = new Tape(ElementType.Float64);
        Variable z = tape.Input(logits);
        Variable t = tape.Input(targets);

        double fused = loss.CallOnLogits(tape, z, t).Value.As<double>().Span[0];
        double plain = loss.Call(tape, ((Activation)activation).Apply(z), t).Value.As<double>().Span[0];

        Assert.Equal(plain, fused, 1e-12);
        Assert.True(loss.TakesLogitsOf(activation));
        Assert.False(loss.TakesLogitsOf("tanh"));
    }

    [Theory]
    [InlineData("softmax", "categorical_crossentropy")]
    [InlineData("sigmoid", "binary_crossentropy")]
    public void Great_logits_neither_overflow_nor_lose_the_gradient(string activation, string name)
    {
        var model = new Sequential(new Input(2), new Dense(2, activation, useBias: false, name: "d"));
        model.SetWeights(new Dictionary<string, Tensor<float>> { ["d.kernel"] = Tensor.From<float>([2, 2], 1, 0, 0, 1) });
        var tape = new Tape();
        Variable x = tape.Input(Tensor.From<float>([1, 2], 200f, -200f));
        Variable y = tape.Input(Tensor.From<float>([1, 2], 0f, 1f));

        Variable loss = TrainingGraph.Record(tape, model, [new TrainingHead(name)], [x], [y]).Loss;
        tape.Backward(loss);

        Assert.Equal(activation == "softmax" ? 400f : 200f, loss.Value.As<float>().Span[0], 1e-3f);
        Assert.Contains(model.Parameters[0].Gradient.ToArray(), value => Math.Abs(value) > 50);
    }

    [Fact]
    public void Great_logits_in_binary_crossentropy_are_finite_on_the_right_side_too()
    {
        var tape = new Tape(ElementType.Float64);
        Variable loss = new BinaryCrossentropy().CallOnLogits(tape, tape.Input(Tensor.From([1, 2], 800.0, -800)), tape.Input(Tensor.From([1, 2], 1.0, 0)));

        Assert.Equal(0, loss.Value.As<double>().Span[0]);
    }

    [Fact]
    public void Training_from_logits_still_predicts_probabilities()
    {
        foreach ((string activation, string loss) in new[] { ("softmax", "categorical_crossentropy"), ("sigmoid", "binary_crossentropy") })
        {
            var model = new Sequential(new Input(4), new Dense(3, activation));
            var programs = new ProgramCache(model);
            Tensor<float> x = Tensor.From<float>([2, 4], 1, -2, 3, 0, 0, 1, -1, 2);
            Tensor<float> expected = model.Predict(x);

            StepProgram program = programs.Train(2, [new TrainingHead(loss)], false);
            x.Span.CopyTo(program.Input(0));
            program.Forward(WorkerPool.Serial);

            Assert.All(expected.ToArray().Zip(program.Predictions.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
            Assert.Contains(model.Trace().Steps, step => step.Function.Name is "Softmax" || activation == "sigmoid");
        }
    }

    [Fact]
    public void Labels_and_shapes_that_do_not_fit_are_refused()
    {
        AssertRefuses("sparse_categorical_crossentropy", Tensor.From<float>([3], 0, 3, 1), "class indices 0 to 2 (layer 'out' has 3 outputs), got 3 at sample 1");
        AssertRefuses("sparse_categorical_crossentropy", Tensor.From<float>([2], 0, -1), "got -1 at sample 1");
        AssertRefuses("sparse_categorical_crossentropy", Tensor.From<float>([2], 0.5f, 1), "got 0.5 at sample 0");
        AssertRefuses("sparse_categorical_crossentropy", new Tensor<float>([2, 3]), "For one-hot rows use categorical_crossentropy");
        AssertRefuses("categorical_crossentropy", Tensor.From<float>([2], 0, 1), "For class indices use sparse_categorical_crossentropy");
        AssertRefuses("categorical_crossentropy", new Tensor<float>([2, 4]), "layer 'out' expected targets of shape [n,3], got [2,4]");
        AssertRefuses("binary_crossentropy", Tensor.From<float>([2, 3], 0, 1, 1, 0, 2, 1), "targets in [0, 1], got 2 at sample 1");
        AssertRefuses("binary_crossentropy", Tensor.From<float>([1, 3], 0, float.NaN, 1), "got NaN at sample 0");
        AssertRefuses("mse", new Tensor<float>([2, 3, 1]), "[n,3], got [2,3,1]");
    }

    [Fact]
    public void An_unknown_name_gives_the_list_of_names()
    {
        string message = Assert.Throws<ArgumentException>(() => Loss.FromName("crossentropy")).Message;

        Assert.All(LossNames.All, name => Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.All(LossNames.All, name => Assert.NotNull(Loss.FromName(name)));
    }

    private static double Value(Loss loss, Tensor<double> predictions, Tensor<double> targets)
    {
        var tape = new Tape(ElementType.Float64);
        return loss.Call(tape, tape.Input(predictions), tape.Input(targets)).Value.As<double>().Span[0];
    }

    private static void AssertRefuses(Loss loss, Tensor<float> targets, string expected)
    {
        string message = Assert.Throws<ArgumentException>(() => loss.CheckTargets(targets, [3], "out")).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}

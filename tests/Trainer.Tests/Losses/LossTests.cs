using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Tests.Losses;

public class LossTests
{
    public static TheoryData<string> Names => [.. LossNames.All];

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

    // y = 2, -1, 0.5, 3 and t = 1, 1, 0.5, -1 in two rows of two: e = 1, -2, 0, 4.
    [Theory]
    [InlineData("mae", 7.0 / 4)]
    [InlineData("mse", 21.0 / 4)]
    [InlineData("mape", 100 * (1.0 + 2 + 0 + 4) / 4)]
    [InlineData("huber", (0.5 + 1.5 + 0 + 3.5) / 4)]
    [InlineData("hinge", (0.0 + 2 + 0.5 + 4) / 4)]
    [InlineData("squared_hinge", (0.0 + 4 + 0.25 + 16) / 4)]
    public void Errors_agree_with_the_formulas(string name, double expected) =>
        Assert.Equal(expected, Value(name, Tensor.From([2, 2], 2.0, -1, 0.5, 3), Tensor.From([2, 2], 1.0, 1, name.Contains("hinge", StringComparison.Ordinal) ? 1 : 0.5, -1)), 1e-12);

    [Fact]
    public void Logarithms_and_angles_agree_with_the_formulas()
    {
        double poisson = (2 - Math.Log(2 + 1e-7) + 1 - (3 * Math.Log(1 + 1e-7))) / 2;

        Assert.Equal((Math.Log(Math.Cosh(1)) + Math.Log(Math.Cosh(2))) / 2, Value("log_cosh", Tensor.From([1, 2], 2.0, -1), Tensor.From([1, 2], 1.0, 1)), 1e-12);
        Assert.Equal(1000 - Math.Log(2), Value("log_cosh", Tensor.From([1, 1], 1000.0), Tensor.From([1, 1], 0.0)), 1e-9);
        Assert.Equal(Math.Pow(Math.Log(3.0 / 2), 2), Value("msle", Tensor.From([1, 1], 2.0), Tensor.From([1, 1], 1.0)), 1e-12);
        Assert.Equal(Math.Pow(Math.Log((1 + 1e-7) / 2), 2), Value("msle", Tensor.From([1, 1], -5.0), Tensor.From([1, 1], 1.0)), 1e-12);
        Assert.Equal(poisson, Value("poisson", Tensor.From([2, 1], 2.0, 1), Tensor.From([2, 1], 1.0, 3)), 1e-12);
        Assert.Equal(0.5 * Math.Log(0.5 / 0.2) + (0.5 * Math.Log(0.5 / 0.8)), Value("kl_divergence", Tensor.From([1, 2], 0.2, 0.8), Tensor.From([1, 2], 0.5, 0.5)), 1e-12);
        Assert.Equal(1e-7 * Math.Log(1e-7 / 0.2) - Math.Log(0.8), Value("kld", Tensor.From([1, 2], 0.2, 0.8), Tensor.From([1, 2], 0.0, 1)), 1e-12);
    }

    // The rows of the examples in Keras's documentation.
    [Fact]
    public void Cosines_and_categorical_margins_agree_with_the_formulas()
    {
        Tensor<double> y = Tensor.From([3, 2], 1.0, 0, 1, 1, -1, -1);
        Tensor<double> t = Tensor.From([3, 2], 0.0, 1, 1, 1, 1, 1);

        Assert.Equal((0.0 - 1 + 1) / 3, Value("cosine_similarity", y, t), 1e-12);
        Assert.Equal(0, Value("cosine_similarity", Tensor.From([1, 2], 0.0, 0), Tensor.From([1, 2], 1.0, 1)));
        Assert.Equal(((0.9 - 0.2 + 1) + 0) / 2, Value("categorical_hinge", Tensor.From([2, 3], 0.2, 0.9, 0.1, 0, 0.5, 2), Tensor.From([2, 3], 1.0, 0, 0, 0, 0, 1)), 1e-12);
    }

    [Theory]
    [InlineData("hinge")]
    [InlineData("squared_hinge")]
    public void Hinge_losses_read_a_label_of_0_as_minus_1(string name)
    {
        Tensor<double> y = Tensor.From([3, 1], 0.3, -0.4, 2);

        Assert.Equal(Value(name, y, Tensor.From([3, 1], -1.0, 1, -1)), Value(name, y, Tensor.From([3, 1], 0.0, 1, 0)));
    }

    // The classes' targets become 0.9·t + 0.1/3, yes and no 0.9·t + 0.1/2.
    [Fact]
    public void Label_smoothing_spreads_a_share_of_the_target_evenly()
    {
        Tensor<double> p = Tensor.From([1, 3], 0.2, 0.3, 0.5);
        Tensor<double> oneHot = Tensor.From([1, 3], 0.0, 0, 1);
        Tensor<double> logits = Tensor.From([1, 3], Math.Log(0.2), Math.Log(0.3), Math.Log(0.5));
        double rest = 0.1 / 3;
        double categorical = -((rest * Math.Log(0.2)) + (rest * Math.Log(0.3)) + ((0.9 + rest) * Math.Log(0.5)));
        double binary = -((0.05 * Math.Log(0.2)) + (0.95 * Math.Log(0.8)) + (0.05 * Math.Log(0.3)) + (0.95 * Math.Log(0.7)) + (0.95 * Math.Log(0.5)) + (0.05 * Math.Log(0.5))) / 3;
        var tape = new Tape(ElementType.Float64);

        Assert.Equal(categorical, Value(new CategoricalCrossentropy(0.1), p, oneHot), 1e-12);
        Assert.Equal(categorical, new CategoricalCrossentropy(0.1).CallOnLogits(tape, tape.Input(logits), tape.Input(oneHot)).Value.As<double>().Span[0], 1e-12);
        Assert.Equal(binary, Value(new BinaryCrossentropy(0.1), p, oneHot), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>("labelSmoothing", () => new BinaryCrossentropy(1.1));
        Assert.Throws<ArgumentOutOfRangeException>("labelSmoothing", () => new CategoricalCrossentropy(double.NaN));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_loss_falls_in_training_by_Compile_and_Fit(string name)
    {
        Loss loss = name;
        var x = new Tensor<float>([24, 4]);
        new CounterRandom(3, 0).FillNormal(x.Span);
        var y = new Tensor<float>([24, loss is SparseCategoricalCrossentropy ? 1 : 3]);
        for (int row = 0; row < 24; row++)
        {
            int label = x[row, 0] > 0 ? 2 : x[row, 1] > 0 ? 1 : 0;
            y[row, y.Shape[1] == 1 ? 0 : label] = y.Shape[1] == 1 ? label : 1;
        }

        string activation = TakesLogits(loss) ? loss is BinaryCrossentropy ? "sigmoid" : "softmax" : loss is KLDivergence or Poisson ? "softmax" : "linear";
        var model = new Sequential(new Input(4), new Dense(8, "tanh"), new Dense(3, activation));
        model.Compile("adam", loss, seed: 1);
        model.Optimizer.LearningRate = 0.02;

        double before = model.Evaluate(x, y).Loss;
        model.Fit(x, y, epochs: 10, batchSize: 8, verbose: 0);

        Assert.True(model.Evaluate(x, y).Loss < before - (0.02 * Math.Abs(before)), $"{before} before, {model.Evaluate(x, y).Loss} after");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_multiply_the_losses_of_samples_and_the_number_of_samples_divides(string name)
    {
        Loss loss = name;
        Tensor<double> y = Tensor.From([3, 2], 0.2, 0.8, 0.6, 0.4, 0.7, 0.3);
        Tensor<double> t = loss is SparseCategoricalCrossentropy ? Tensor.From([3, 1], 1.0, 0, 1) : Tensor.From([3, 2], 0.0, 1, 1, 0, 0, 1);
        double[] weights = [0.5, 2, 3];
        double expected = 0;
        double onLogits = 0;
        for (int sample = 0; sample < 3; sample++)
        {
            (Tensor<double> row, Tensor<double> target) = (Row(y, sample), Row(t, sample));
            expected += weights[sample] * Value(loss, row, target) / 3;
            onLogits += TakesLogits(loss) ? weights[sample] * ValueOnLogits(loss, row, target) / 3 : 0;
        }

        Assert.True(loss.SupportsSampleWeights);
        Assert.Equal(expected, Value(loss, y, t, weights), 1e-12);
        Assert.Equal(Value(loss, y, t), Value(loss, y, t, [1, 1, 1]), 1e-12);
        if (TakesLogits(loss))
        {
            Assert.Equal(onLogits, ValueOnLogits(loss, y, t, weights), 1e-12);
            Assert.Equal(ValueOnLogits(loss, y, t), ValueOnLogits(loss, y, t, [1, 1, 1]), 1e-12);
        }
    }

    // Keras's documentation of SparseCategoricalCrossentropy: 1.177 without weights and 0.814 with 0.3 and 0.7.
    [Fact]
    public void Weighted_crossentropy_agrees_with_the_figures_in_Kerass_documentation()
    {
        Tensor<double> p = Tensor.From([2, 3], 0.05, 0.95, 0, 0.1, 0.8, 0.1);
        Tensor<double> labels = Tensor.From([2, 1], 1.0, 2);

        Assert.Equal(1.177, Value("sparse_categorical_crossentropy", p, labels), 5e-4);
        Assert.Equal(0.814, Value("sparse_categorical_crossentropy", p, labels, [0.3, 0.7]), 5e-4);
    }

    [Fact]
    public void Weights_must_be_one_a_sample()
    {
        var tape = new Tape(ElementType.Float64);
        Variable y = tape.Input(new Tensor<double>([3, 2]));
        Variable weights = tape.Input(new Tensor<double>([2, 1]));

        string message = Assert.Throws<ArgumentException>(() => new MeanSquaredError().CallWeighted(tape, y, y, weights)).Message;

        Assert.Contains("expected weights [n,1], one for each sample of predictions [3,2], got [2,1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_of_ones_own_says_that_it_takes_no_weights()
    {
        var loss = new OwnLoss();
        var tape = new Tape(ElementType.Float64);
        Variable y = tape.Input(new Tensor<double>([2, 1]));

        Assert.False(loss.SupportsSampleWeights);
        string message = Assert.Throws<NotSupportedException>(() => loss.CallWeighted(tape, y, y, y)).Message;
        Assert.Contains("'own' does not take sample or class weights; override SupportsSampleWeights and CallWeighted in OwnLoss", message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => loss.CallOnLogitsWeighted(tape, y, y, y));
    }

    [Fact]
    public void Every_loss_has_a_name() => Assert.Equal(
        typeof(Loss).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Loss)) && !type.IsAbstract).OrderBy(type => type.Name),
        LossNames.All.Select(name => Loss.FromName(name).GetType()).Distinct().OrderBy(type => type.Name));

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Huber_needs_a_delta_above_0(double delta) => Assert.Throws<ArgumentOutOfRangeException>(nameof(delta), () => new Huber(delta));

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
        AssertRefuses("hinge", Tensor.From<float>([1, 3], 0, 1, 2), "targets in [-1, 1], got 2 at sample 0");
        AssertRefuses("kl_divergence", Tensor.From<float>([1, 3], 0, 1, -0.1f), "targets in [0, 1], got -0.1 at sample 0");
        AssertRefuses("poisson", Tensor.From<float>([1, 3], 5, 1, -1), "targets of 0 or more, got -1 at sample 0");
        AssertRefuses("mse", new Tensor<float>([2, 3, 1]), "[n,3], got [2,3,1]");
    }

    [Fact]
    public void An_unknown_name_gives_the_list_of_names()
    {
        string message = Assert.Throws<ArgumentException>(() => Loss.FromName("crossentropy")).Message;

        Assert.All(LossNames.All, name => Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.All(LossNames.All, name => Assert.NotNull(Loss.FromName(name)));
    }

    private static double Value(Loss loss, Tensor<double> predictions, Tensor<double> targets, double[]? weights = null)
    {
        var tape = new Tape(ElementType.Float64);
        (Variable y, Variable t) = (tape.Input(predictions), tape.Input(targets));
        Variable value = weights is null ? loss.Call(tape, y, t) : loss.CallWeighted(tape, y, t, tape.Input(Tensor.From([weights.Length, 1], weights)));
        return value.Value.As<double>().Span[0];
    }

    private static double ValueOnLogits(Loss loss, Tensor<double> logits, Tensor<double> targets, double[]? weights = null)
    {
        var tape = new Tape(ElementType.Float64);
        (Variable z, Variable t) = (tape.Input(logits), tape.Input(targets));
        Variable value = weights is null ? loss.CallOnLogits(tape, z, t) : loss.CallOnLogitsWeighted(tape, z, t, tape.Input(Tensor.From([weights.Length, 1], weights)));
        return value.Value.As<double>().Span[0];
    }

    private static bool TakesLogits(Loss loss) => loss.TakesLogitsOf("softmax") || loss.TakesLogitsOf("sigmoid");

    private static Tensor<double> Row(Tensor<double> values, int row) => Tensor.From([1, values.Shape[1]], values.Span.Slice(row * values.Shape[1], values.Shape[1]).ToArray());

    private static void AssertRefuses(Loss loss, Tensor<float> targets, string expected)
    {
        string message = Assert.Throws<ArgumentException>(() => loss.CheckTargets(targets, [3], "out")).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private sealed class OwnLoss : Loss
    {
        public override string Name => "own";

        public override Variable Call(Tape tape, Variable predictions, Variable targets) => predictions - targets;
    }
}

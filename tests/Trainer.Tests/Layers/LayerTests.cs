using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;

namespace Toolkit.Trainer.Tests.Layers;

public class LayerTests
{
    [Fact]
    public void Names_are_those_of_Keras()
    {
        var model = new Sequential(new Input(4), new Dense(3), new Dropout(0.1), new Dense(3, name: "mine"), Activation.Relu, new Dense(2), new GradientReversal());

        Assert.Equal(["dense", "dropout", "mine", "activation", "dense_1", "gradient_reversal"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(["dense.kernel", "dense.bias", "mine.kernel", "mine.bias", "dense_1.kernel", "dense_1.bias"], model.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Names_are_unique_and_layers_are_part_of_one_model()
    {
        var dense = new Dense(3, name: "a");
        _ = new Sequential(dense);

        Assert.Contains("part of a model already", Assert.Throws<ArgumentException>(() => new Sequential(dense)).Message, StringComparison.Ordinal);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new Sequential(new Dense(1, name: "a"), new Dense(1, name: "a"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Dense(1, name: "a/b"));
    }

    [Fact]
    public void Shapes_go_from_layer_to_layer()
    {
        var model = new Sequential(new Input(4, 6), new Dense(5), new Flatten(), new Reshape([2, 10]), new Flatten(), new Dense(3));

        model.Build([4, 6]);

        Assert.Equal([[4, 5], [20], [2, 10], [20], [3]], model.Layers.Select(layer => layer.OutputShape));
        Assert.Equal((6 * 5) + 5 + (20 * 3) + 3, model.ParameterCount);
    }

    [Fact]
    public void A_dense_layer_multiplies_along_the_last_axis()
    {
        var stacked = new Sequential(new Input(3, 4), new Dense(2, "relu", name: "d"));
        var flat = new Sequential(new Input(4), new Dense(2, "relu", name: "d"));
        flat.SetWeights(stacked.GetWeights());
        var x = new Tensor<float>([2, 3, 4]);
        new CounterRandom(1, 1).FillNormal(x.Span);

        float[] expected = flat.Predict(x.Reshape([6, 4])).ToArray();
        float[] actual = stacked.Predict(x).ToArray();

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => new Dense(0)).Message, StringComparison.Ordinal);
        Assert.Contains("got 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1)).Message, StringComparison.Ordinal);
        Assert.Contains("after dense", Assert.Throws<ArgumentException>(() => new Sequential(new Dense(1), new Input(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_drops_its_share_in_training_and_nothing_in_inference()
    {
        var dropout = new Dropout(0.25);
        var model = new Sequential(new Input(1000), dropout);
        var ones = new Tensor<float>([4, 1000]);
        ones.Span.Fill(1);

        float[] inference = model.Predict(ones).ToArray();
        var tape = new Tape();
        float[] training = model.Call(tape, tape.Input(ones)).Value.As<float>().ToArray();

        Assert.All(inference, value => Assert.Equal(1f, value));
        Assert.All(training, value => Assert.True(value is 0f or (> 1.3333f and < 1.3334f)));
        Assert.InRange(training.Count(value => value == 0), 900, 1100);
        Assert.Empty(model.Trace().Steps);
    }

    [Fact]
    public void Dropout_draws_another_mask_each_step_and_each_layer()
    {
        float[] Mask(int layer, ulong step)
        {
            var model = new Sequential(new Input(100), new Dropout(0.5), new Dropout(0.5));
            var tape = new Tape { Step = step };
            var ones = new Tensor<float>([1, 100]);
            ones.Span.Fill(1);
            return model.Layers[layer].Call(tape, tape.Input(ones)).Value.As<float>().ToArray();
        }

        Assert.Equal(Mask(0, 3), Mask(0, 3));
        Assert.NotEqual(Mask(0, 3), Mask(0, 4));
        Assert.NotEqual(Mask(0, 3), Mask(1, 3));
    }

    [Fact]
    public void A_layer_and_a_function_of_ones_own_train()
    {
        var model = new Sequential(new Input(2), new Scale(), new Dense(1));
        Tensor<float> x = Tensor.From<float>([4, 2], 1, 2, 3, 4, 5, 6, 7, 9);
        Tensor<float> y = Tensor.From<float>([4, 1], 1, 2, 3, 4);

        GradientCheckResult result = GradientCheck.Run(model, new MeanSquaredError(), x, y);

        Assert.True(result.RelativeError <= 1e-6, result.ToString());
        Assert.Equal("scale.factor", model.Parameters[0].Name);
    }

    [Fact]
    public void A_layer_that_loses_the_batch_is_refused()
    {
        string message = Assert.Throws<ArgumentException>(() => new Sequential(new Input(2), new Transposed()).Build([2])).Message;

        Assert.Contains("'transposed'", message, StringComparison.Ordinal);
        Assert.Contains("keep axis 0", message, StringComparison.Ordinal);
    }

    /// <summary>y = factor · x, with a factor for every feature.</summary>
    private sealed class Scale : Layer
    {
        private Parameter? _factor;

        public override Variable Call(Tape tape, Variable x) => tape.Apply(new ScaleFunction(), x, tape.Parameter(_factor!));

        protected override void Build(Shape inputShape) => _factor = AddParameter("factor", inputShape, new RandomUniform(0.5, 1.5));
    }

    private sealed class ScaleFunction : Function
    {
        public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in FunctionContext<T> context)
        {
            for (int i = 0; i < context.Output.Length; i++)
            {
                context.Output[i] = context.Input(0)[i] * context.Input(1)[i % context.Input(1).Length];
            }
        }

        public override void Backward<T>(in FunctionContext<T> context)
        {
            int width = context.Input(1).Length;
            Span<T> factor = context.InputGradient(1);
            factor.Clear();
            for (int i = 0; i < context.Output.Length; i++)
            {
                factor[i % width] += context.OutputGradient[i] * context.Input(0)[i];
            }
        }

        public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => sink.Add(new Onnx.Operators.Mul(), inputs);
    }

    private sealed class GradientReversal : Layer
    {
        public override Variable Call(Tape tape, Variable x) => x;
    }

    private sealed class Transposed : Layer
    {
        public override Variable Call(Tape tape, Variable x) => tape.Apply(new Toolkit.Trainer.Autograd.Functions.TransposeFunction(1, 0), x);
    }
}

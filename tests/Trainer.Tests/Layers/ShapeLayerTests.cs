using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;

namespace Toolkit.Trainer.Tests.Layers;

public class ShapeLayerTests
{
    [Fact]
    public void An_embedding_looks_up_the_rows_of_its_table()
    {
        var model = new Sequential(new Input(3), new Embedding(3, 2, name: "e"));
        model.SetWeights(new Dictionary<string, Tensor<float>> { ["e.embeddings"] = Tensor.From<float>([3, 2], 10, 11, 20, 21, 30, 31) });

        Tensor<float> y = model.Predict(Tensor.From<float>([1, 3], 2, 0, 2));

        Assert.Equal([1, 3, 2], y.Shape.Dimensions.ToArray());
        Assert.Equal([30f, 31, 10, 11, 30, 31], y.ToArray());
        Assert.Contains(
            "Layer 'e': expected indices from 0 to 2, the rows of the table [3,2], got 3",
            Assert.Throws<ArgumentException>(() => model.Predict(Tensor.From<float>([1, 3], 2, 3, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_begins_uniform_between_minus_and_plus_one_twentieth()
    {
        float[] table = new Sequential(new Input(1), new Embedding(100, 10)).Parameters[0].Value.ToArray();

        Assert.All(table, value => Assert.InRange(value, -0.05f, 0.05f));
        Assert.InRange(table.Max(), 0.045f, 0.05f);
    }

    [Fact]
    public void Permute_counts_a_samples_axes_from_1()
    {
        Tensor<float> y = new Sequential(new Input(2, 3), new Permute([2, 1])).Predict(Tensor.From<float>([1, 2, 3], 1, 2, 3, 4, 5, 6));

        Assert.Equal([1, 3, 2], y.Shape.Dimensions.ToArray());
        Assert.Equal([1f, 4, 2, 5, 3, 6], y.ToArray());
        Assert.Throws<ArgumentException>(() => new Permute([0, 1]));
    }

    [Fact]
    public void Zero_padding_is_one_at_every_edge_by_default()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 1, 2], 1, 2);

        Assert.Equal([0f, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0], new Sequential(new ZeroPadding2D()).Predict(x).ToArray());
        Assert.Equal([0f, 1, 2, 0, 0, 0], new Sequential(new ZeroPadding2D((0, 1), (1, 0))).Predict(x).ToArray());
        Assert.Throws<ArgumentException>(() => new ZeroPadding2D("same"));
    }

    [Fact]
    public void Upsampling_repeats_pixels()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 2, 2], 1, 2, 3, 4);

        Assert.Equal([1f, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], new Sequential(new UpSampling2D()).Predict(x).ToArray());
        Assert.Equal([1f, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], new Sequential(new UpSampling2D((1, 3))).Predict(x).ToArray());
    }

    [Fact]
    public void Bilinear_upsampling_interpolates_between_pixel_centres()
    {
        Tensor<float> x = Tensor.From<float>([1, 1, 1, 3], 0, 4, 8);

        Assert.Equal([0f, 1, 3, 5, 7, 8], new Sequential(new UpSampling2D((1, 2), "bilinear")).Predict(x).ToArray());
        Assert.Throws<ArgumentException>(() => new UpSampling2D(2, "cubic"));
    }

    [Fact]
    public void Activation_layers_have_Kerass_defaults_and_names()
    {
        Tensor<float> x = Tensor.From<float>([1, 2], -2, 3);
        var leaky = new Sequential(new Input(2), new LeakyRelu());
        var learned = new Sequential(new Input(2), new PRelu());

        Assert.Equal([-0.6f, 3], leaky.Predict(x).ToArray());
        Assert.Equal([0f, 3], learned.Predict(x).ToArray());
        Assert.Equal(MathF.Exp(-2) - 1, new Sequential(new Input(2), new Elu()).Predict(x).Span[0], 1e-6f);
        Assert.Equal(-0.04550026f, new Sequential(new Input(2), new Gelu()).Predict(x).Span[0], 1e-6f);
        Assert.Equal(-0.04540231f, new Sequential(new Input(2), new Gelu(approximate: true)).Predict(x).Span[0], 1e-6f);
        Assert.Equal(["leaky_re_lu", "p_re_lu"], [leaky.Layers[0].Name, learned.Layers[0].Name]);
    }

    [Fact]
    public void Prelu_shares_its_slopes_along_axes()
    {
        var model = new Sequential(new Input(2, 1, 2), new PRelu(sharedAxes: [2, 3], name: "p"));
        model.SetWeights(new Dictionary<string, Tensor<float>> { ["p.alpha"] = Tensor.From<float>([2, 1, 1], 0.5f, 0.25f) });

        Assert.Equal([-1f, 2, -0.5f, -1], model.Predict(Tensor.From<float>([1, 2, 1, 2], -2, 2, -2, -4)).ToArray());
        Assert.Throws<ArgumentException>(() => new Sequential(new Input(2), new PRelu(sharedAxes: [2])).Build([2]));
    }

    [Fact]
    public void Softmax_works_along_any_axis()
    {
        var model = new Sequential(new Input(2, 2), new Softmax(axis: 1));

        float[] y = model.Predict(Tensor.From<float>([1, 2, 2], 0, 5, MathF.Log(3), 5)).ToArray();

        Assert.Equal(0.25f, y[0], 1e-6f);
        Assert.Equal(0.75f, y[2], 1e-6f);
        Assert.Equal([0.5f, 0.5f], [y[1], y[3]]);
    }

    [Fact]
    public void A_network_of_all_of_them_has_right_gradients()
    {
        var model = new Sequential(
            new Input(4),
            new Embedding(5, 6, new Toolkit.Trainer.Initializers.RandomUniform(-1, 1)),
            new Permute([2, 1]),

            // Within √3 of beta: PRelu's input stays away from its kink.
            new LayerNormalization(scale: false, betaInitializer: new Toolkit.Trainer.Initializers.RandomUniform(2.5, 3.5)),
            new Reshape([2, 3, 4]),
            new ZeroPadding2D(),
            new PRelu(sharedAxes: [2, 3], alphaInitializer: new Toolkit.Trainer.Initializers.Constant(0.2)),
            new UpSampling2D(2, "bilinear"),
            new Elu(),
            new AveragePooling2D(3, strides: 2),
            new BatchNormalization(),
            new Gelu(),
            new Flatten(),
            new Dense(2, "silu"));

        GradientCheckResult result = GradientCheck.Run(model, new MeanSquaredError(), Tensor.From<float>([2, 4], 0, 3, 1, 3, 4, 2, 2, 0), Tensor.From<float>([2, 2], 1, 0, 0, 1));

        Assert.True(result.RelativeError <= 1e-6, result.ToString());
    }
}

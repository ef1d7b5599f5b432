using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// What made networks deep, in one small network: batch normalization (Ioffe and Szegedy, 2015), residual connections (He et al., 2016) and
/// depthwise separable convolutions (Chollet, "Xception", 2017), on pictures of clothes.
/// </summary>
public sealed class ResidualMini : ImageRecipe
{
    private const double Rate = 4e-3;

    // Stand-in digits are easy: a part of them shows the network at work in the time of a coffee.
    private const int StandInSamples = 4000;

    /// <inheritdoc/>
    public override string Name => "residual-mini";

    /// <inheritdoc/>
    public override string Chapter => "1. History of deep learning";

    /// <inheritdoc/>
    public override string Description => "Tells pictures of clothes apart with residual and separable convolutions.";

    /// <inheritdoc/>
    public override string Network => "conv 16-residual 16-separable 32-separable 64-residual 64-10 softmax";

    /// <inheritdoc/>
    public override string DatasetName => "fashion-mnist";

    /// <inheritdoc/>
    public override int Epochs => 12;

    /// <inheritdoc/>
    public override int BatchSize => 128;

    /// <inheritdoc/>
    public override PublishedResult Published { get; } = new("Fashion-MNIST's own table: two convolutions and pooling, 0.876 to 0.925", 0.925, []);

    /// <inheritdoc/>
    public override Model Build(int seed)
    {
        Node x = new Input(1, Side, Side);
        Node h = Convolve(x, new Conv2D(16, 3, padding: "same", useBias: false));
        h = Residual(h, 16);
        h = Narrow(h, 32);
        h = Narrow(h, 64);
        h = Residual(h, 64);
        Node y = new Dense(Classes, "softmax").Apply(new Dropout(0.2).Apply(new GlobalAveragePooling2D().Apply(h)));
        var model = new Model(x, y) { Name = "residual-mini" };
        model.Compile(new Adam(Rate), "categorical_crossentropy", ["accuracy"], seed);
        return model;
    }

    /// <inheritdoc/>
    public override RecipeData Arrange(DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RecipeData whole = base.Arrange(data);
        return data.Name == FallbackDataset ? whole with { Train = whole.Train.Take(StandInSamples) } : whole;
    }

    /// <inheritdoc/>
    public override FitOptions Configure(FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Augmentation = new RandomAffine(shift: 0.06),
            Callbacks = [.. options.Callbacks, LearningRateScheduler.Cosine(Rate, options.Epochs)],
        };
    }

    private static Node Convolve(Node x, Layer convolution, bool isActivated = true)
    {
        Node h = new BatchNormalization().Apply(convolution.Apply(x));
        return isActivated ? new ActivationLayer("relu").Apply(h) : h;
    }

    /// <summary>relu(x + f(x)), f two convolutions.</summary>
    private static Node Residual(Node x, int channels)
    {
        Node h = Convolve(x, new Conv2D(channels, 3, padding: "same", useBias: false));
        h = Convolve(h, new Conv2D(channels, 3, padding: "same", useBias: false), isActivated: false);
        return new ActivationLayer("relu").Apply(x + h);
    }

    /// <summary>Half the side and more channels: pool(f(x)) + g(x), f two separable convolutions, g one of 1x1.</summary>
    private static Node Narrow(Node x, int channels)
    {
        Node h = Convolve(x, new SeparableConv2D(channels, 3, padding: "same", useBias: false));
        h = Convolve(h, new SeparableConv2D(channels, 3, padding: "same", useBias: false), isActivated: false);
        h = new MaxPooling2D(2).Apply(h);
        return h + Convolve(x, new Conv2D(channels, 1, strides: 2, padding: "same", useBias: false), isActivated: false);
    }
}

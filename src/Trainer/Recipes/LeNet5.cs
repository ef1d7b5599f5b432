using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// LeNet-5 (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86, 1998) as it is taught
/// today: convolutions of 6, 16 and 120 channels with tanh, average pooling, 84 units, and a softmax where the paper has radial basis functions;
/// the second convolution sees every channel. The images are shifted, turned and scaled a little, as the paper distorts its.
/// </summary>
public sealed class LeNet5 : ImageRecipe
{
    /// <inheritdoc/>
    public override string Name => "lenet5";

    /// <inheritdoc/>
    public override string Chapter => "1. History of deep learning";

    /// <inheritdoc/>
    public override string Description => "Reads handwritten digits as in 1998.";

    /// <inheritdoc/>
    public override string Network => "conv 6-pool-conv 16-pool-conv 120-84 tanh-10 softmax";

    /// <inheritdoc/>
    public override string DatasetName => "mnist";

    /// <inheritdoc/>
    public override int Epochs => 10;

    /// <inheritdoc/>
    public override int BatchSize => 64;

    /// <inheritdoc/>
    public override PublishedResult Published { get; } = new("LeCun et al., 1998: test error 0.95 % without distortions", 0.9905, []);

    /// <inheritdoc/>
    public override Model Build(int seed)
    {
        var model = new Sequential(
            new Input(1, Side, Side),
            new Conv2D(6, 5, padding: "same", activation: "tanh", name: "c1"),
            new AveragePooling2D(2, name: "s2"),
            new Conv2D(16, 5, activation: "tanh", name: "c3"),
            new AveragePooling2D(2, name: "s4"),
            new Conv2D(120, 5, activation: "tanh", name: "c5"),
            new Flatten(),
            new Dense(84, "tanh", name: "f6"),
            new Dense(Classes, "softmax", name: "output"))
        { Name = "lenet5" };
        model.Compile(new Adam(2e-3), "categorical_crossentropy", ["accuracy"], seed);
        return model;
    }

    /// <inheritdoc/>
    public override FitOptions Configure(FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Augmentation = new RandomAffine(shift: 0.05, rotation: 8, zoom: 0.08),
            Callbacks = [.. options.Callbacks, LearningRateScheduler.Cosine(2e-3, options.Epochs)],
        };
    }
}

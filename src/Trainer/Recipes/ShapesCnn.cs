using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Recipes;

/// <summary>A small stack of convolution, pooling and dense layers that tells drawn circles, squares and triangles apart.</summary>
public sealed class ShapesCnn : ImageRecipe
{
    /// <inheritdoc/>
    public override string Name => "shapes-cnn";

    /// <inheritdoc/>
    public override string Chapter => "6. Layers of a network";

    /// <inheritdoc/>
    public override string Description => "Tells drawn circles, squares and triangles apart.";

    /// <inheritdoc/>
    public override string Network => "conv 8-pool-conv 16-pool-32 relu-3 softmax";

    /// <inheritdoc/>
    public override string DatasetName => "shapes";

    /// <inheritdoc/>
    public override string? FallbackDataset => null;

    /// <inheritdoc/>
    public override int Epochs => 15;

    /// <inheritdoc/>
    public override int BatchSize => 32;

    /// <inheritdoc/>
    protected override int Classes => 3;

    /// <inheritdoc/>
    public override Model Build(int seed)
    {
        var model = new Sequential(
            new Input(1, Side, Side),
            new Conv2D(8, 3, activation: "relu"),
            new MaxPooling2D(2),
            new Conv2D(16, 3, activation: "relu"),
            new MaxPooling2D(2),
            new Flatten(),
            new Dense(32, "relu"),
            new Dense(Classes, "softmax"))
        { Name = "shapes-cnn" };
        model.Compile(new Adam(2e-3), "categorical_crossentropy", ["accuracy"], seed);
        return model;
    }
}

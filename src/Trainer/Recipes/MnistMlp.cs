using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Recipes;

/// <summary>
/// The first network of Chollet, "Deep Learning with Python", 2017, section 2.1: one hidden layer reads digits. The
/// optimizer is RMSprop as Keras 2.0.8, the book's version, had it.
/// </summary>
public sealed class MnistMlp : Recipe
{
    private const int Pixels = 28 * 28;
    private const int Digits = 10;

    /// <inheritdoc/>
    public override string Name => "mnist-mlp";

    /// <inheritdoc/>
    public override string Chapter => "2. A first neural network";

    /// <inheritdoc/>
    public override string Description => "Reads handwritten digits with one hidden layer.";

    /// <inheritdoc/>
    public override string Network => "784-512 relu-10 softmax";

    /// <inheritdoc/>
    public override string DatasetName => "mnist";

    /// <inheritdoc/>
    public override string? FallbackDataset => "synthetic-digits";

    /// <inheritdoc/>
    public override int Epochs => 5;

    /// <inheritdoc/>
    public override int BatchSize => 128;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Metrics { get; } = ["accuracy"];

    /// <inheritdoc/>
    public override PublishedResult Published { get; } = new(
        "Chollet, Deep Learning with Python, notebook 2.1 (Keras 2.0.8)", 0.9777, [0.2577, 0.1042, 0.0687, 0.0508, 0.0382]);

    /// <inheritdoc/>
    public override Model Build(int seed)
    {
        var model = new Sequential(new Input(Pixels), new Dense(512, "relu"), new Dense(Digits, "softmax"));
        model.Compile(RmsProp.Keras2(), "categorical_crossentropy", [new Accuracy()], seed);
        return model;
    }

    /// <inheritdoc/>
    public override Dataset Prepare(Dataset part, DatasetSplits data)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(data);
        Dataset rows = part.Flat();
        return rows.X.Shape[1] == Pixels && data.Classes.Count == Digits
            ? rows.OneHot(Digits)
            : throw new DatasetException($"{Name}: expected 28x28 images of {Digits} classes, got '{data.Name}' with samples {new Shape(part.X.Shape.Dimensions[1..])} of {data.Classes.Count} classes.");
    }
}

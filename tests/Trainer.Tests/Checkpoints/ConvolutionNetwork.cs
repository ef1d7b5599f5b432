using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Checkpoints;

/// <summary>A small network of convolutions, batch normalization, pooling and dropout, on images that are large enough for several threads to share.</summary>
internal static class ConvolutionNetwork
{
    public static Sequential Make() => new(
        new Input(2, 16, 16),
        new Conv2D(8, 3, padding: "same", activation: "relu"),
        new BatchNormalization(),
        new MaxPooling2D(),
        new Conv2D(12, 3, activation: "relu"),
        new Flatten(),
        new Dropout(0.3),
        new Dense(64, "relu"),
        new Dense(4, "softmax"));
}

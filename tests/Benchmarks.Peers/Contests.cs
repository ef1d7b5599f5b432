using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Recipes;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Toolkit.Benchmarks.Peers;

/// <summary>The networks of the book that are compared. Ours are the recipes' own; augmentation is left out on both sides.</summary>
internal static class Contests
{
    private const int Seed = 42;

    // As many samples as give a second or so of the slower side.
    private const int ConvolutionSamples = 6_400;

    public static IReadOnlyList<Contest> All { get; } =
    [
        new(
            "mnist-mlp",
            "784-512-10, RMSprop, batch 128",
            128,
            1,
            folder => Digits(folder, 60_000).Flat(),
            () => Recipe("mnist-mlp"),
            () => nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10)),
            network => optim.RMSProp(network.parameters(), lr: 1e-3, alpha: 0.9, eps: 1e-7),
            (y, target) => nn.functional.cross_entropy(y, target)),
        new(
            "mnist-cnn",
            "conv 32-pool-conv 64-pool-conv 64-64-10, RMSprop, batch 64",
            64,
            1,
            folder => Digits(folder, ConvolutionSamples),
            () => Recipe("mnist-cnn"),
            () => nn.Sequential(
                nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(64, 64, 3), nn.ReLU(),
                nn.Flatten(), nn.Linear(576, 64), nn.ReLU(), nn.Linear(64, 10)),
            network => optim.RMSProp(network.parameters(), lr: 1e-3, alpha: 0.9, eps: 1e-7),
            (y, target) => nn.functional.cross_entropy(y, target)),
        new(
            "lenet5",
            "conv 6-pool-conv 16-pool-conv 120-84-10, Adam, batch 64",
            64,
            1,
            folder => Digits(folder, ConvolutionSamples * 2),
            () => Recipe("lenet5"),
            () => nn.Sequential(
                nn.Conv2d(1, 6, 5, padding: 2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(16, 120, 5), nn.Tanh(),
                nn.Flatten(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10)),
            network => optim.Adam(network.parameters(), lr: 2e-3, eps: 1e-7),
            (y, target) => nn.functional.cross_entropy(y, target)),
        new(
            "residual-mini",
            "conv, batch norm, residual, depthwise separable, Adam, batch 128",
            128,
            1,
            folder => Digits(folder, ConvolutionSamples / 4),
            () => Recipe("residual-mini"),
            () => new TorchResidualMini(),
            network => optim.Adam(network.parameters(), lr: 4e-3, eps: 1e-7),
            (y, target) => nn.functional.cross_entropy(y, target)),
        new(
            "bike",
            "56-10 sigmoid-1, mean squared error, SGD, batch 128",
            128,
            100,
            _ => Hours(15_435),
            Bike,
            () => nn.Sequential(nn.Linear(56, 10), nn.Sigmoid(), nn.Linear(10, 1)),
            network => optim.SGD(network.parameters(), 0.25),
            (y, target) => nn.functional.mse_loss(y, target)) { IsClassifier = false },
        new(
            "xor",
            "2-8 tanh-1 sigmoid, binary cross-entropy, Adam, batch 4",
            4,
            2_000,
            _ => Xor(),
            () => Recipe("logic-gates"),
            () => nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid()),
            network => optim.Adam(network.parameters(), lr: 0.05, eps: 1e-7),
            (y, target) => nn.functional.binary_cross_entropy(y, target)) { IsClassifier = false },
    ];

    // No metrics: TorchSharp's side computes none.
    private static Model Recipe(string name)
    {
        Model model = RecipeTable.Get(name).Build(Seed);
        model.Compile(model.Optimizer, model.Loss, [], Seed);
        return model;
    }

    private static Sequential Bike()
    {
        var model = new Sequential(new Input(56), new Dense(10, "sigmoid"), new Dense(1));
        model.Compile(new Sgd(0.25), "mse", [], Seed);
        return model;
    }

    private static Dataset Digits(string? folder, int count)
    {
        DatasetSplits splits = DatasetCatalog.Resolve("mnist", "synthetic-digits", new DatasetRequest { Folder = folder, Offline = true }).Data;
        return splits.Train.Take(Math.Min(count, splits.Train.Count)).OneHot(splits.Classes.Count);
    }

    // Speed depends on the sizes, not on what hours held.
    private static Dataset Hours(int count)
    {
        var random = new CounterRandom(Seed, 0);
        var x = new float[count * 56];
        var y = new float[count];
        foreach (ref float value in x.AsSpan())
        {
            value = random.NextSingle();
        }

        for (int i = 0; i < count; i++)
        {
            y[i] = x[i * 56] - x[(i * 56) + 1];
        }

        return new Dataset(new Tensor<float>([count, 56], x), new Tensor<float>([count, 1], y));
    }

    private static Dataset Xor() => new(new Tensor<float>([4, 2], new float[] { 0, 0, 0, 1, 1, 0, 1, 1 }), new Tensor<float>([4, 1], new float[] { 0, 1, 1, 0 }));
}

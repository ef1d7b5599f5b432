using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Toolkit.Benchmarks.Peers;

/// <summary>The same network, data, batch size, loss and optimizer on both sides.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Text">The network, the optimizer and the batch size in short.</param>
/// <param name="BatchSize">Samples a step.</param>
/// <param name="Epochs">Passes over the data in one measurement.</param>
/// <param name="Data">Makes the samples from what the folder of data sets holds.</param>
/// <param name="Ours">Makes our network.</param>
/// <param name="Theirs">Makes TorchSharp's network.</param>
/// <param name="Optimizer">Makes TorchSharp's optimizer.</param>
/// <param name="Loss">TorchSharp's loss of what the network gives and of the targets.</param>
internal sealed record Contest(
    string Name,
    string Text,
    int BatchSize,
    int Epochs,
    Func<string?, Dataset> Data,
    Func<Model> Ours,
    Func<nn.Module<Tensor, Tensor>> Theirs,
    Func<nn.Module, optim.Optimizer> Optimizer,
    Func<Tensor, Tensor, Tensor> Loss)
{
    /// <summary>Whether the targets are one-hot for us and class numbers for TorchSharp.</summary>
    public bool IsClassifier { get; init; } = true;
}

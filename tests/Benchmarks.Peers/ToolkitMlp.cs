using Toolkit.Trainer;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Benchmarks.Peers;

/// <summary>784-512 relu-10 softmax, cross-entropy, RMSprop on Toolkit: what the recipe <c>mnist-mlp</c> trains.</summary>
internal sealed class ToolkitMlp : IPeer
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly Sequential _model;

    public ToolkitMlp(Dataset data, int batchSize, int hidden, int threads)
    {
        _data = data;
        _batchSize = batchSize;
        _model = new Sequential(
            new Dense(hidden, activation: "relu", inputShape: [data.X.Length / data.Count]),
            new Dense(data.Y.Shape[1], activation: "softmax"))
        {
            Threads = threads,
        };
        _model.Compile(RmsProp.Keras2(), loss: "categorical_crossentropy", seed: 42);
    }

    public string Name => "Toolkit";

    public double TrainEpoch() => _model.Fit(_data, epochs: 1, batchSize: _batchSize, verbose: 0)["loss"][0];

    public void Dispose()
    {
    }
}

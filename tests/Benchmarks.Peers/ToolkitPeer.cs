using Toolkit.Trainer;
using Toolkit.Trainer.Data;

namespace Toolkit.Benchmarks.Peers;

/// <summary>A network on Toolkit, trained as its users train it: by <see cref="Model.Fit(TrainingData, FitOptions, CancellationToken)"/>, which may prepare batches on an idle processor.</summary>
internal sealed class ToolkitPeer : IPeer
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly Model _model;

    public ToolkitPeer(Contest contest, Dataset data, int threads)
    {
        (_data, _batchSize, _model) = (data, contest.BatchSize, contest.Ours());
        _model.Threads = threads;
    }

    public double Train(int epochs) => _model.Fit(_data, new FitOptions { Epochs = epochs, BatchSize = _batchSize, Verbose = 0 })["loss"][^1];

    public void Dispose()
    {
    }
}

using Toolkit.Trainer.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Toolkit.Benchmarks.Peers;

/// <summary>
/// 784-512 relu-10 with softmax cross-entropy and RMSprop on TorchSharp, written as its users write it: the whole data set is one
/// tensor, a batch is gathered by a random permutation, and what a step makes is freed with its scope.
/// </summary>
internal sealed class TorchMlp : IPeer
{
    private readonly int _batchSize;
    private readonly Tensor _x;
    private readonly Tensor _labels;
    private readonly Sequential _network;
    private readonly optim.Optimizer _optimizer;

    public TorchMlp(Dataset data, int batchSize, int hidden, int threads)
    {
        set_num_threads(threads);
        random.manual_seed(42);
        _batchSize = batchSize;
        int classes = data.Y.Shape[1];
        _x = tensor(data.X.ToArray(), [data.Count, data.X.Length / data.Count]);
        using Tensor oneHot = tensor(data.Y.ToArray(), [data.Count, classes]);
        _labels = oneHot.argmax(1);
        _network = nn.Sequential(
            ("dense1", nn.Linear(_x.shape[1], hidden)),
            ("relu", nn.ReLU()),
            ("dense2", nn.Linear(hidden, classes)));
        _optimizer = optim.RMSProp(_network.parameters(), lr: 1e-3, alpha: 0.9, eps: 1e-7);
    }

    public string Name => "TorchSharp";

    public double TrainEpoch()
    {
        long count = _x.shape[0];
        using Tensor order = randperm(count);
        double total = 0;
        for (long start = 0; start < count; start += _batchSize)
        {
            using IDisposable scope = NewDisposeScope();
            Tensor indices = order.slice(0, start, Math.Min(start + _batchSize, count), 1);
            Tensor x = _x.index_select(0, indices);
            Tensor labels = _labels.index_select(0, indices);
            _optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(_network.forward(x), labels);
            loss.backward();
            _optimizer.step();
            total += loss.item<float>() * indices.shape[0];
        }

        return total / count;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _labels.Dispose();
        _x.Dispose();
    }
}

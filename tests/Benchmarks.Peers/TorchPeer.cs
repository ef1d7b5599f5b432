using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Toolkit.Benchmarks.Peers;

/// <summary>
/// A network on TorchSharp, written as its users write it: the whole data set is one tensor, a batch is gathered by a random permutation, and
/// what a step makes is freed with its scope.
/// </summary>
internal sealed class TorchPeer : IPeer
{
    private readonly int _batchSize;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly optim.Optimizer _optimizer;
    private readonly Func<Tensor, Tensor, Tensor> _loss;

    public TorchPeer(Contest contest, Dataset data, int threads)
    {
        set_num_threads(threads);
        random.manual_seed(42);
        (_batchSize, _loss) = (contest.BatchSize, contest.Loss);
        _x = From(data.X);
        _y = contest.IsClassifier ? From(data.Y).argmax(1) : From(data.Y);
        _network = contest.Theirs();
        _network.train();
        _optimizer = contest.Optimizer(_network);
    }

    public double Train(int epochs)
    {
        double loss = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            loss = TrainEpoch();
        }

        return loss;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _y.Dispose();
        _x.Dispose();
    }

    private static Tensor From(Tensor<float> values) => tensor(values.ToArray(), [.. values.Shape.Dimensions.ToArray().Select(size => (long)size)]);

    private double TrainEpoch()
    {
        long count = _x.shape[0];
        using Tensor order = randperm(count);
        double total = 0;
        for (long start = 0; start < count; start += _batchSize)
        {
            using IDisposable scope = NewDisposeScope();
            Tensor indices = order.slice(0, start, Math.Min(start + _batchSize, count), 1);
            Tensor x = _x.index_select(0, indices);
            Tensor y = _y.index_select(0, indices);
            _optimizer.zero_grad();
            Tensor loss = _loss(_network.forward(x), y);
            loss.backward();
            _optimizer.step();
            total += loss.item<float>() * indices.shape[0];
        }

        return total / count;
    }
}

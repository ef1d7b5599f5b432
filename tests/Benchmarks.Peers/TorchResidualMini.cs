using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Toolkit.Benchmarks.Peers;

/// <summary>The network of the recipe <c>residual-mini</c> on TorchSharp.</summary>
internal sealed class TorchResidualMini : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _stem = Convolve(1, 16, 3);
    private readonly Sequential _first = Residual(16);
    private readonly Sequential _narrow32 = Narrow(16, 32);
    private readonly Sequential _skip32 = Skip(16, 32);
    private readonly Sequential _narrow64 = Narrow(32, 64);
    private readonly Sequential _skip64 = Skip(32, 64);
    private readonly Sequential _last = Residual(64);
    private readonly Dropout _dropout = nn.Dropout(0.2);
    private readonly Linear _output = nn.Linear(64, 10);

    public TorchResidualMini()
        : base("residual-mini") => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Tensor h = nn.functional.relu(_stem.forward(input));
        h = nn.functional.relu(h + _first.forward(h));
        h = _narrow32.forward(h) + _skip32.forward(h);
        h = _narrow64.forward(h) + _skip64.forward(h);
        h = nn.functional.relu(h + _last.forward(h));
        return _output.forward(_dropout.forward(h.mean([2L, 3L])));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (nn.Module module in (nn.Module[])[_stem, _first, _narrow32, _skip32, _narrow64, _skip64, _last, _dropout, _output])
            {
                module.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private static Sequential Convolve(int from, int to, int kernel) =>
        nn.Sequential(nn.Conv2d(from, to, kernel, padding: kernel / 2, bias: false), nn.BatchNorm2d(to));

    private static Sequential Residual(int channels) => nn.Sequential(Convolve(channels, channels, 3), nn.ReLU(), Convolve(channels, channels, 3));

    private static Sequential Separable(int from, int to) => nn.Sequential(
        nn.Conv2d(from, from, 3, padding: 1, groups: from, bias: false), nn.Conv2d(from, to, 1, bias: false), nn.BatchNorm2d(to));

    private static Sequential Narrow(int from, int to) => nn.Sequential(Separable(from, to), nn.ReLU(), Separable(to, to), nn.MaxPool2d(2));

    private static Sequential Skip(int from, int to) => nn.Sequential(nn.Conv2d(from, to, 1, stride: 2, bias: false), nn.BatchNorm2d(to));
}

using BenchmarkDotNet.Attributes;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>Convolutions on the current kernel set, forward and both gradients, by number of threads.</summary>
[MemoryDiagnoser]
public class ConvolutionBenchmarks : IDisposable
{
    private ConvolutionGeometry _geometry;
    private float[] _x = [];
    private float[] _w = [];
    private float[] _y = [];
    private float[] _dx = [];
    private float[] _dw = [];
    private WorkerPool _workers = WorkerPool.Serial;

    /// <summary>The names of <see cref="ConvolutionCase.All"/>.</summary>
    public static IEnumerable<string> Convolutions => ConvolutionCase.All.Select(item => item.Name);

    /// <summary>The convolution.</summary>
    [ParamsSource(nameof(Convolutions))]
    public string Case { get; set; } = "";

    /// <summary>The threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes operands and threads.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _geometry = ConvolutionCase.All.Single(item => item.Name == Case).Geometry;
        (_x, _w, _y) = (Timing.Values(_geometry.InputLength), Timing.Values(_geometry.WeightLength), Timing.Values(_geometry.OutputLength));
        (_dx, _dw) = (new float[_x.Length], new float[_w.Length]);
        _workers = new WorkerPool(Threads);
    }

    /// <summary>Stops the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _workers.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>y from x and w.</summary>
    [Benchmark]
    public void Forward() => Convolution.Forward<float>(in _geometry, _x, _w, [], _y, ActivationKind.Relu, _workers);

    /// <summary>dx from dy and w.</summary>
    [Benchmark]
    public void BackwardInput() => Convolution.BackwardInput<float>(in _geometry, _y, _w, _dx, accumulate: false, _workers);

    /// <summary>dw from x and dy.</summary>
    [Benchmark]
    public void BackwardWeights() => Convolution.BackwardWeights<float>(in _geometry, _x, _y, _dw, accumulate: false, _workers);
}

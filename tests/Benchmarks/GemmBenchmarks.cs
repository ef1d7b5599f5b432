using BenchmarkDotNet.Attributes;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>Matrix products on the current kernel set, by number of threads.</summary>
[MemoryDiagnoser]
public class GemmBenchmarks : IDisposable
{
    private GemmCase? _product;
    private WorkerPool _workers = WorkerPool.Serial;

    /// <summary>The products' numbers in <see cref="GemmCase.All"/>.</summary>
    public static IEnumerable<string> Products => GemmCase.All.Select(product => product.ToString() + (product.IsPacked ? " (packed)" : ""));

    /// <summary>The product.</summary>
    [ParamsSource(nameof(Products))]
    public string Product { get; set; } = "";

    /// <summary>The threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes operands and threads.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _product = GemmCase.All[Products.ToList().IndexOf(Product)];
        _workers = new WorkerPool(Threads);
    }

    /// <summary>Stops the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _workers.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One product.</summary>
    [Benchmark]
    public void Multiply() => _product!.Run(KernelSet.Current, _workers);
}

using Toolkit.Numerics.Kernels;

namespace Toolkit.Benchmarks;

/// <summary>A convolution that is measured: one of the book's networks' or one that stands for its kind.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Geometry">The sizes.</param>
internal sealed record ConvolutionCase(string Name, ConvolutionGeometry Geometry)
{
    /// <summary>The cases.</summary>
    public static IReadOnlyList<ConvolutionCase> All { get; } =
    [
        new("mnist-cnn 1", Square(64, 1, 28, 32, 3)),
        new("mnist-cnn 2", Square(64, 32, 13, 64, 3)),
        new("mnist-cnn 3", Square(64, 64, 5, 64, 3)),
        new("lenet 1", Square(64, 1, 28, 6, 5, 2)),
        new("lenet 2", Square(64, 6, 14, 16, 5)),
        new("residual 16", Square(128, 16, 28, 16, 3, 1)),
        new("residual 64", Square(128, 64, 7, 64, 3, 1)),
        new("depthwise", Square(128, 32, 28, 32, 3, 1) with { Groups = 32 }),
        new("depthwise, stride 2", Square(128, 32, 28, 32, 3, 1) with { Groups = 32, StrideHeight = 2, StrideWidth = 2 }),
        new("pointwise", Square(128, 32, 14, 64, 1)),
        new("pointwise, stride 2", Square(128, 16, 28, 32, 1) with { StrideHeight = 2, StrideWidth = 2 }),
        new("same 28x28", Square(64, 32, 28, 32, 3, 1)),
        new("stride 2", Square(64, 32, 28, 64, 3, 1) with { StrideHeight = 2, StrideWidth = 2 }),
        new("mnist-cnn 1, batch 1", Square(1, 1, 28, 32, 3)),
        new("mnist-cnn 2, batch 1", Square(1, 32, 13, 64, 3)),
        new("mnist-cnn 3, batch 1", Square(1, 64, 5, 64, 3)),
        new("same 28x28, batch 1", Square(1, 32, 28, 32, 3, 1)),
        new("same 56x56, batch 1", Square(1, 64, 56, 64, 3, 1)),
        new("pointwise, batch 1", Square(1, 64, 28, 128, 1)),
    ];

    private static ConvolutionGeometry Square(int batch, int channels, int size, int filters, int kernel, int pad = 0) => new()
    {
        Batch = batch,
        InputChannels = channels,
        InputHeight = size,
        InputWidth = size,
        OutputChannels = filters,
        KernelHeight = kernel,
        KernelWidth = kernel,
        PadTop = pad,
        PadLeft = pad,
        PadBottom = pad,
        PadRight = pad,
    };
}

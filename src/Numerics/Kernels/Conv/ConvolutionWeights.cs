using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The arrangements of a convolution's weights that its kernels read, and the way back.</summary>
internal static unsafe class ConvolutionWeights
{
    /// <summary>Output channels [from, to) of [M, C/groups, k] as [M, k, C/groups].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToForward<T>(GemmKernel<T> kernel, in ConvolutionGeometry g, T* weights, T* arranged, int from, int to)
        where T : unmanaged
    {
        nint size = (nint)g.GroupInputChannels * g.KernelArea;
        for (int row = from; row < to; row++)
        {
            Transpose(kernel, weights + (row * size), g.KernelArea, g.KernelArea, g.GroupInputChannels, arranged + (row * size));
        }
    }

    /// <summary>Input channels [from, to) of [M, C/groups, k] as [C, k, M/groups].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToBackward<T>(GemmKernel<T> kernel, in ConvolutionGeometry g, T* weights, T* arranged, int from, int to)
        where T : unmanaged
    {
        int area = g.KernelArea;
        int channels = g.GroupInputChannels;
        int outputs = g.GroupOutputChannels;
        for (int row = from; row < to; row++)
        {
            T* first = weights + ((((nint)(row / channels) * outputs * channels) + (row % channels)) * area);
            Transpose(kernel, first, (nint)channels * area, area, outputs, arranged + ((nint)row * area * outputs));
        }
    }

    // arranged[p, j] = source[p + j · stride]. The kernel writes whole vectors, so that it can serve only where rows are made of them.
    private static void Transpose<T>(GemmKernel<T> kernel, T* source, nint stride, int depth, int columns, T* arranged)
        where T : unmanaged
    {
        if (columns % kernel.VectorWidth == 0)
        {
            kernel.Transpose(source, stride, depth, columns, arranged, columns, columns);
            return;
        }

        for (int p = 0; p < depth; p++)
        {
            for (int j = 0; j < columns; j++)
            {
                *arranged++ = source[p + (j * stride)];
            }
        }
    }
}

using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Convolution by a matrix of patches [C/groups · kH · kW, OH · OW] a sample and group, and matrix products.</summary>
internal static unsafe class SimpleConvolution
{
    public static void Forward<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, ActivationKind activation, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = g.GroupInputChannels * g.KernelArea;
        int area = g.OutputArea;
        int rows = g.GroupOutputChannels;
        Span<T> patches = new(CallScratch.Rent<T>((nint)k * area), k * area);
        for (int index = 0; index < g.Batch * g.Groups; index++)
        {
            int group = index % g.Groups;
            Gather(in g, x.Slice(index * g.GroupInputChannels * g.InputArea), patches);
            Gemm.Multiply(false, false, rows, area, k, T.One, w.Slice(group * rows * k), k, patches, area, accumulate ? T.One : T.Zero, y.Slice(index * rows * area), area, [], ActivationKind.None, workers);
        }

        Finish(y, bias, area, activation, workers);
    }

    public static void BackwardInput<T>(in ConvolutionGeometry g, ReadOnlySpan<T> dy, ReadOnlySpan<T> w, Span<T> dx, bool accumulate, ReadOnlySpan<T> bias, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = g.GroupInputChannels * g.KernelArea;
        int area = g.OutputArea;
        int rows = g.GroupOutputChannels;
        if (!accumulate)
        {
            dx.Clear();
        }

        Span<T> patches = new(CallScratch.Rent<T>((nint)k * area), k * area);
        for (int index = 0; index < g.Batch * g.Groups; index++)
        {
            int group = index % g.Groups;
            Gemm.Multiply(true, false, k, area, rows, T.One, w.Slice(group * rows * k), k, dy.Slice(index * rows * area), area, T.Zero, patches, area, [], ActivationKind.None, workers);
            Scatter(in g, patches, dx.Slice(index * g.GroupInputChannels * g.InputArea));
        }

        Finish(dx, bias, g.InputArea, activation, workers);
    }

    public static void BackwardWeights<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = g.GroupInputChannels * g.KernelArea;
        int area = g.OutputArea;
        int rows = g.GroupOutputChannels;
        if (!accumulate)
        {
            dw.Clear();
        }

        Span<T> patches = new(CallScratch.Rent<T>((nint)k * area), k * area);
        for (int index = 0; index < g.Batch * g.Groups; index++)
        {
            int group = index % g.Groups;
            Gather(in g, x.Slice(index * g.GroupInputChannels * g.InputArea), patches);
            Gemm.Multiply(false, true, rows, k, area, T.One, dy.Slice(index * rows * area), area, patches, area, T.One, dw.Slice(group * rows * k), k, [], ActivationKind.None, workers);
        }
    }

    private static void Gather<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, Span<T> patches)
        where T : unmanaged
    {
        int at = 0;
        for (int c = 0; c < g.GroupInputChannels; c++)
        {
            for (int tap = 0; tap < g.KernelArea; tap++)
            {
                for (int i = 0; i < g.OutputHeight; i++)
                {
                    for (int j = 0; j < g.OutputWidth; j++)
                    {
                        int offset = InputOffset(in g, tap, i, j);
                        patches[at++] = offset < 0 ? default : x[(c * g.InputArea) + offset];
                    }
                }
            }
        }
    }

    private static void Scatter<T>(in ConvolutionGeometry g, ReadOnlySpan<T> patches, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = 0;
        for (int c = 0; c < g.GroupInputChannels; c++)
        {
            for (int tap = 0; tap < g.KernelArea; tap++)
            {
                for (int i = 0; i < g.OutputHeight; i++)
                {
                    for (int j = 0; j < g.OutputWidth; j++, at++)
                    {
                        int offset = InputOffset(in g, tap, i, j);
                        if (offset >= 0)
                        {
                            x[(c * g.InputArea) + offset] += patches[at];
                        }
                    }
                }
            }
        }
    }

    private static int InputOffset(in ConvolutionGeometry g, int tap, int i, int j)
    {
        int row = (i * g.StrideHeight) + (tap / g.KernelWidth * g.DilationHeight) - g.PadTop;
        int column = (j * g.StrideWidth) + (tap % g.KernelWidth * g.DilationWidth) - g.PadLeft;
        return (uint)row < (uint)g.InputHeight && (uint)column < (uint)g.InputWidth ? (row * g.InputWidth) + column : -1;
    }

    private static void Finish<T>(Span<T> y, ReadOnlySpan<T> bias, int area, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int plane = 0; !bias.IsEmpty && plane * area < y.Length; plane++)
        {
            T value = bias[plane % bias.Length];
            foreach (ref T element in y.Slice(plane * area, area))
            {
                element += value;
            }
        }

        switch (activation)
        {
            case ActivationKind.Relu:
                ElementWise.Unary<Relu, T>(default, y, y, workers);
                break;
            case ActivationKind.Sigmoid:
                ElementWise.Unary<Sigmoid, T>(default, y, y, workers);
                break;
            case ActivationKind.Tanh:
                ElementWise.Unary<HyperbolicTangent, T>(default, y, y, workers);
                break;
            default:
                break;
        }
    }
}

using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Convolutions of sizes that the fast paths are not made for (see <see cref="ConvolutionPaths.IsUnusual"/>): kernels of thousands of elements, padding that is many times the image.
/// Needs no memory of its own, and no product of sizes overflows.
/// </summary>
internal readonly unsafe struct PlainConvolution<T>(ConvolutionGeometry geometry, T* x, T* w, bool isArranged, T* bias, T* y, bool accumulates, ActivationKind activation, bool isTransposed) : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionGeometry _geometry = geometry;

    /// <summary>Computes y from x, or where it is transposed x, which is the result then, from y. A part is a plane of the result.</summary>
    public static void Run(PlainConvolution<T> convolution, int planes, WorkerPool workers) => workers.Run(ref convolution, planes);

    /// <inheritdoc/>
    public void Invoke(int part, int partCount)
    {
        if (isTransposed)
        {
            ComputeInput(part / _geometry.InputChannels, part % _geometry.InputChannels);
        }
        else
        {
            ComputeOutput(part / _geometry.OutputChannels, part % _geometry.OutputChannels);
        }
    }

    // The first kernel element that meets an image at a position, and the end of those that do.
    private static (int From, int To) Taps(int position, int stride, int pad, int dilation, int kernel, int size)
    {
        long first = ((long)position * stride) - pad;
        long from = first >= 0 ? 0 : (-first + dilation - 1) / dilation;
        long to = first >= size ? 0 : Math.Min(kernel, ((size - 1 - first) / dilation) + 1);
        return ((int)Math.Min(from, kernel), (int)Math.Max(to, Math.Min(from, kernel)));
    }

    private T Activate(T value) => activation == ActivationKind.Relu && value < T.Zero ? T.Zero : value;

    private nint WeightAt(int m, int c, int i, int j) => isArranged
        ? ((((((nint)m * _geometry.KernelHeight) + i) * _geometry.KernelWidth) + j) * _geometry.GroupInputChannels) + c
        : ((((((nint)m * _geometry.GroupInputChannels) + c) * _geometry.KernelHeight) + i) * _geometry.KernelWidth) + j;

    private void ComputeOutput(int n, int m)
    {
        ConvolutionGeometry g = _geometry;
        int channels = g.GroupInputChannels;
        int firstChannel = m / g.GroupOutputChannels * channels;
        (int rows, int columns) = (g.OutputHeight, g.OutputWidth);
        nint step = isArranged ? channels : 1;
        T* target = y + ((((nint)n * g.OutputChannels) + m) * rows * columns);
        for (int row = 0; row < rows; row++)
        {
            (int top, int bottom) = Taps(row, g.StrideHeight, g.PadTop, g.DilationHeight, g.KernelHeight, g.InputHeight);
            for (int column = 0; column < columns; column++)
            {
                (int left, int right) = Taps(column, g.StrideWidth, g.PadLeft, g.DilationWidth, g.KernelWidth, g.InputWidth);
                T sum = bias is null ? T.Zero : bias[m];
                for (int c = 0; c < channels; c++)
                {
                    T* plane = x + ((((nint)n * g.InputChannels) + firstChannel + c) * g.InputArea);
                    for (int i = top; i < bottom; i++)
                    {
                        WorkLimits.Poll();
                        long line = ((long)row * g.StrideHeight) - g.PadTop + ((long)i * g.DilationHeight);
                        T* source = plane + ((nint)line * g.InputWidth) + (nint)(((long)column * g.StrideWidth) - g.PadLeft);
                        T* weights = w + WeightAt(m, c, i, 0);
                        for (int j = left; j < right; j++)
                        {
                            sum = T.FusedMultiplyAdd(source[(nint)j * g.DilationWidth], weights[j * step], sum);
                        }
                    }
                }

                nint at = ((nint)row * columns) + column;
                target[at] = Activate(accumulates ? target[at] + sum : sum);
            }
        }
    }

    private void ComputeInput(int n, int channel)
    {
        ConvolutionGeometry g = _geometry;
        int c = channel % g.GroupInputChannels;
        int group = channel / g.GroupInputChannels;
        (int rows, int columns) = (g.OutputHeight, g.OutputWidth);
        T* plane = x + ((((nint)n * g.InputChannels) + channel) * g.InputArea);
        var values = new Span<T>(plane, g.InputArea);
        if (!accumulates)
        {
            values.Fill(bias is null ? T.Zero : bias[channel]);
        }

        for (int m = group * g.GroupOutputChannels; m < (group + 1) * g.GroupOutputChannels; m++)
        {
            T* source = y + ((((nint)n * g.OutputChannels) + m) * rows * columns);
            for (int row = 0; row < rows; row++)
            {
                (int top, int bottom) = Taps(row, g.StrideHeight, g.PadTop, g.DilationHeight, g.KernelHeight, g.InputHeight);
                for (int column = 0; column < columns; column++)
                {
                    (int left, int right) = Taps(column, g.StrideWidth, g.PadLeft, g.DilationWidth, g.KernelWidth, g.InputWidth);
                    T factor = source[((nint)row * columns) + column];
                    for (int i = top; i < bottom; i++)
                    {
                        WorkLimits.Poll();
                        long line = ((long)row * g.StrideHeight) - g.PadTop + ((long)i * g.DilationHeight);
                        T* target = plane + ((nint)line * g.InputWidth) + (nint)(((long)column * g.StrideWidth) - g.PadLeft);
                        T* weights = w + WeightAt(m, c, i, 0);
                        for (int j = left; j < right; j++)
                        {
                            nint at = (nint)j * g.DilationWidth;
                            target[at] = T.FusedMultiplyAdd(factor, weights[j], target[at]);
                        }
                    }
                }
            }
        }

        if (activation == ActivationKind.Relu)
        {
            foreach (ref T value in values)
            {
                value = Activate(value);
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A convolution with few input channels, the columns of the output across the lanes: the input's rows are read as they lie at every tap's offset, and the result is
/// written where it belongs. The last vector of a row overlaps the one before it instead of being ragged.
/// </summary>
/// <remarks>An element sums over channels and then taps by fused multiply-adds from zero; then the bias is added and the activation applied.</remarks>
internal readonly unsafe struct PlaneConvolution : ILaneBody
{
    // The channels of a tile at most; the weights are padded to whole tiles.
    private const int TileChannels = 8;

    // Rows of a piece of an image at least, where there are fewer images than threads.
    private const int LeastRows = 4;

    private readonly ConvolutionGeometry _geometry;
    private readonly ActivationKind _activation;
    private readonly int _phase;
    private readonly int _width;
    private readonly int _pieces;
    private readonly int _channels;
    private readonly void* _x;
    private readonly void* _weights;
    private readonly void* _bias;
    private readonly void* _y;

    private PlaneConvolution(in ConvolutionGeometry geometry, int pieces, int channels, void* x, void* weights, void* bias, void* y, ActivationKind activation)
    {
        (_geometry, _pieces, _channels, _activation) = (geometry, pieces, channels, activation);
        int width = geometry.InputWidth + geometry.PadLeft + geometry.PadRight;

        // Split rows are copied in whole registers of all kernel sets.
        _phase = geometry.StrideWidth == 1 ? 0 : (((width + 1) / 2) + (2 * LaneSums.Count) - 1) / LaneSums.Count * LaneSums.Count;
        _width = geometry.StrideWidth == 1 ? width : 2 * _phase;
        _x = x;
        _weights = weights;
        _bias = bias;
        _y = y;
    }

    private bool IsCopied => _phase != 0 || (_geometry.PadTop | _geometry.PadLeft | _geometry.PadBottom | _geometry.PadRight) != 0;

    /// <summary>Computes it; see <see cref="LaneConvolution{T}"/>.</summary>
    public static void Run<T>(KernelSet set, in ConvolutionGeometry geometry, T* x, T* weights, bool isArranged, T* bias, T* y, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = (geometry.OutputChannels + TileChannels - 1) / TileChannels * TileChannels;
        int taps = geometry.InputChannels * geometry.KernelArea;
        T* memory = CallScratch.Rent<T>(((nint)taps * channels) + channels);
        Arrange(in geometry, weights, isArranged, memory, channels);
        T* paddedBias = memory + ((nint)taps * channels);
        for (int m = 0; m < channels; m++)
        {
            paddedBias[m] = bias is null || m >= geometry.OutputChannels ? T.Zero : bias[m];
        }

        int pieces = Math.Clamp(2 * workers.ThreadCount / geometry.Batch, 1, Math.Max(1, geometry.OutputHeight / LeastRows));
        var body = new PlaneConvolution(in geometry, pieces, channels, x, memory, paddedBias, y, activation);
        long work = (long)geometry.OutputChannels * taps * geometry.OutputArea / pieces;
        LaneTraversal.Run<PlaneConvolution, T>(ref body, geometry.Batch * pieces, (int)Math.Min(int.MaxValue, ConvolutionPaths.MinimumWork / work), 1, set.Level, workers);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int reach = ((_geometry.KernelHeight - 1) * _geometry.DilationHeight) + 1 - _geometry.StrideHeight;
        int rowsAtMost = ((_geometry.OutputHeight + _pieces - 1) / _pieces * _geometry.StrideHeight) + reach;
        TElement* scratch = IsCopied ? ThreadScratch.Rent<TElement>(_geometry.InputChannels * rowsAtMost * _width) : null;
        for (int unit = start; unit < end; unit++)
        {
            WorkLimits.Poll();
            int sample = unit / _pieces;
            int from = (int)((long)_geometry.OutputHeight * (unit % _pieces) / _pieces);
            int to = (int)((long)_geometry.OutputHeight * ((unit % _pieces) + 1) / _pieces);
            TElement* x = (TElement*)_x + ((nint)sample * _geometry.InputChannels * _geometry.InputArea);
            nint plane = _geometry.InputArea;
            if (IsCopied)
            {
                int lines = ((to - from) * _geometry.StrideHeight) + reach;
                if (_phase == 0)
                {
                    Pad(x, from * _geometry.StrideHeight, lines, scratch);
                }
                else
                {
                    Split<TLanes, TElement>(x, from * _geometry.StrideHeight, lines, scratch);
                }

                x = scratch;
                plane = (nint)lines * _width;
            }
            else
            {
                x += from * _geometry.StrideHeight * _width;
            }

            int atOnce = TLanes.Count == LaneSums.Count ? TileChannels : TileChannels / 2;
            for (int m = 0; m < _geometry.OutputChannels; m += atOnce)
            {
                int channels = Math.Min(atOnce, _geometry.OutputChannels - m);
                TElement* y = (TElement*)_y + ((((nint)sample * _geometry.OutputChannels) + m) * _geometry.OutputArea) + (from * _geometry.OutputWidth);
                Multiply<TLanes, TElement>(x, plane, m, channels, to - from, y);
                Activate(y, channels, (to - from) * _geometry.OutputWidth);
            }
        }
    }

    // To [channel and tap of the input, output channel], the channels beyond the last zero.
    private static void Arrange<T>(in ConvolutionGeometry g, T* weights, bool isArranged, T* arranged, int channels)
        where T : unmanaged
    {
        int area = g.KernelArea;
        int inputs = g.InputChannels;
        for (int k = 0; k < inputs * area; k++)
        {
            T* source = weights + (isArranged ? (k % area * inputs) + (k / area) : k);
            for (int m = 0; m < channels; m++)
            {
                *arranged++ = m < g.OutputChannels ? source[(nint)m * inputs * area] : default;
            }
        }
    }

    private void Pad<T>(T* image, int firstRow, int rows, T* target)
        where T : unmanaged
    {
        int width = _geometry.InputWidth;
        for (int c = 0; c < _geometry.InputChannels; c++)
        {
            for (int row = 0; row < rows; row++)
            {
                int y = firstRow + row - _geometry.PadTop;
                if ((uint)y >= (uint)_geometry.InputHeight)
                {
                    new Span<T>(target, _width).Clear();
                }
                else
                {
                    new Span<T>(target, _geometry.PadLeft).Clear();
                    new ReadOnlySpan<T>(image + (y * width), width).CopyTo(new Span<T>(target + _geometry.PadLeft, width));
                    new Span<T>(target + _geometry.PadLeft + width, _geometry.PadRight).Clear();
                }

                target += _width;
            }

            image += _geometry.InputArea;
        }
    }

    // The padded columns 0, 2, … of a row, then 1, 3, …: what a tap meets at consecutive output positions is one run.
    private void Split<TLanes, T>(T* image, int firstRow, int rows, T* target)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = _geometry.InputWidth;
        int pad = _geometry.PadLeft;
        for (int c = 0; c < _geometry.InputChannels; c++)
        {
            for (int row = 0; row < rows; row++)
            {
                int y = firstRow + row - _geometry.PadTop;
                new Span<T>(target, _width).Clear();
                if ((uint)y < (uint)_geometry.InputHeight)
                {
                    T* even = target + ((pad & 1) * _phase) + (pad / 2);
                    T* odd = target + (((pad + 1) & 1) * _phase) + ((pad + 1) / 2);
                    DepthwiseRows.Split<TLanes, T>(image + (y * width), even, odd, width);
                }

                target += _width;
            }

            image += _geometry.InputArea;
        }
    }

    private void Multiply<TLanes, TElement>(TElement* x, nint plane, int channel, int channels, int rows, TElement* y)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (TLanes.Count == LaneSums.Count && channels > 6)
        {
            Multiply<TLanes, TElement, Eight>(x, plane, channel, channels, rows, y);
        }
        else if (TLanes.Count == LaneSums.Count && channels > 4)
        {
            Multiply<TLanes, TElement, Six>(x, plane, channel, channels, rows, y);
        }
        else if (channels > 2)
        {
            Multiply<TLanes, TElement, Four>(x, plane, channel, channels, rows, y);
        }
        else
        {
            Multiply<TLanes, TElement, Two>(x, plane, channel, channels, rows, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<TLanes, TElement, TChannels>(TElement* x, nint plane, int channel, int channels, int rows, TElement* y)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TChannels : struct, ITileSize
    {
        int kernelWidth = _geometry.KernelWidth;
        int kernelHeight = _geometry.KernelHeight;
        int inputs = _geometry.InputChannels;
        nint* tapColumns = stackalloc nint[kernelWidth];
        for (int j = 0; j < kernelWidth; j++)
        {
            int column = j * _geometry.DilationWidth;
            tapColumns[j] = _phase == 0 ? column : ((column & 1) * _phase) + (column / 2);
        }

        nint width = _width;
        nint rowStep = _geometry.StrideHeight * width;
        nint tapRow = _geometry.DilationHeight * width;
        nint weightStride = _channels;
        int columns = _geometry.OutputWidth;
        int last = columns - TLanes.Count;
        nint area = _geometry.OutputArea;
        TElement* bias = (TElement*)_bias + channel;

        // The greater of it and a sum is the sum where there is nothing to cut off, also where that is NaN.
        TLanes least = Activations.IsRelu(_activation) ? TLanes.Zero : TLanes.Repeat(TElement.NegativeInfinity);
        TLanes most = _activation == ActivationKind.Relu6 ? TLanes.Broadcast(Activations.Ceiling) : TLanes.Repeat(TElement.PositiveInfinity);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column += 2 * TLanes.Count)
            {
                // The sums are separate locals because only those stay in registers: c{channel}{vector}.
                TLanes c00 = TLanes.Zero, c01 = TLanes.Zero, c10 = TLanes.Zero, c11 = TLanes.Zero;
                TLanes c20 = TLanes.Zero, c21 = TLanes.Zero, c30 = TLanes.Zero, c31 = TLanes.Zero;
                TLanes c40 = TLanes.Zero, c41 = TLanes.Zero, c50 = TLanes.Zero, c51 = TLanes.Zero;
                TLanes c60 = TLanes.Zero, c61 = TLanes.Zero, c70 = TLanes.Zero, c71 = TLanes.Zero;
                int first = Math.Min(column, last);
                nint second = Math.Min(column + TLanes.Count, last) - first;
                TElement* w = (TElement*)_weights + channel;
                for (int c = 0; c < inputs; c++)
                {
                    for (int i = 0; i < kernelHeight; i++)
                    {
                        TElement* line = x + (c * plane) + (row * rowStep) + (i * tapRow) + first;
                        for (int j = 0; j < kernelWidth; j++)
                        {
                            TElement* from = line + tapColumns[j];
                            TLanes x0 = TLanes.Load(in from[0]);
                            TLanes x1 = TLanes.Load(in from[second]);
                            TLanes factor = TLanes.Repeat(w[0]);
                            c00 = TLanes.MultiplyAdd(factor, x0, c00);
                            c01 = TLanes.MultiplyAdd(factor, x1, c01);
                            factor = TLanes.Repeat(w[1]);
                            c10 = TLanes.MultiplyAdd(factor, x0, c10);
                            c11 = TLanes.MultiplyAdd(factor, x1, c11);
                            if (TChannels.Value > 2)
                            {
                                factor = TLanes.Repeat(w[2]);
                                c20 = TLanes.MultiplyAdd(factor, x0, c20);
                                c21 = TLanes.MultiplyAdd(factor, x1, c21);
                                factor = TLanes.Repeat(w[3]);
                                c30 = TLanes.MultiplyAdd(factor, x0, c30);
                                c31 = TLanes.MultiplyAdd(factor, x1, c31);
                            }

                            if (TChannels.Value > 4)
                            {
                                factor = TLanes.Repeat(w[4]);
                                c40 = TLanes.MultiplyAdd(factor, x0, c40);
                                c41 = TLanes.MultiplyAdd(factor, x1, c41);
                                factor = TLanes.Repeat(w[5]);
                                c50 = TLanes.MultiplyAdd(factor, x0, c50);
                                c51 = TLanes.MultiplyAdd(factor, x1, c51);
                            }

                            if (TChannels.Value > 6)
                            {
                                factor = TLanes.Repeat(w[6]);
                                c60 = TLanes.MultiplyAdd(factor, x0, c60);
                                c61 = TLanes.MultiplyAdd(factor, x1, c61);
                                factor = TLanes.Repeat(w[7]);
                                c70 = TLanes.MultiplyAdd(factor, x0, c70);
                                c71 = TLanes.MultiplyAdd(factor, x1, c71);
                            }

                            w += weightStride;
                        }
                    }
                }

                TElement* to = y + (row * (nint)columns) + first;
                Finish<TLanes, TElement>(c00, c01, bias, least, most, to, second);
                if (channels > 1)
                {
                    Finish<TLanes, TElement>(c10, c11, bias + 1, least, most, to + area, second);
                }

                if (TChannels.Value > 2)
                {
                    Finish<TLanes, TElement>(c20, c21, bias + 2, least, most, to + (2 * area), second);
                }

                if (TChannels.Value > 2 && channels > 3)
                {
                    Finish<TLanes, TElement>(c30, c31, bias + 3, least, most, to + (3 * area), second);
                }

                if (TChannels.Value > 4)
                {
                    Finish<TLanes, TElement>(c40, c41, bias + 4, least, most, to + (4 * area), second);
                }

                if (TChannels.Value > 4 && channels > 5)
                {
                    Finish<TLanes, TElement>(c50, c51, bias + 5, least, most, to + (5 * area), second);
                }

                if (TChannels.Value > 6)
                {
                    Finish<TLanes, TElement>(c60, c61, bias + 6, least, most, to + (6 * area), second);
                }

                if (TChannels.Value > 6 && channels > 7)
                {
                    Finish<TLanes, TElement>(c70, c71, bias + 7, least, most, to + (7 * area), second);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TElement>(TLanes c0, TLanes c1, TElement* biases, TLanes least, TLanes most, TElement* y, nint second)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes bias = TLanes.Repeat(biases[0]);
        TLanes.Store(TLanes.Min(most, TLanes.Max(least, c0 + bias)), ref y[0]);
        TLanes.Store(TLanes.Min(most, TLanes.Max(least, c1 + bias)), ref y[second]);
    }

    private void Activate<T>(T* y, int channels, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int m = 0; m < channels; m++, y += _geometry.OutputArea)
        {
            var values = new Span<T>(y, length);
            Activations.ApplyBeyondClamps(_activation, values, WorkerPool.Serial);
        }
    }
}

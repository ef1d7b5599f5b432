using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The weights of a 3×3 convolution as [frequency, row, channel], and their products with transformed tiles [frequency, channel, column].</summary>
internal readonly unsafe struct WinogradFilter
{
    private const int Taps = WinogradWeightTransforms.Taps;

    private readonly GemmKernel<float> _kernel;
    private readonly float* _weights;
    private readonly nint _rowStride;
    private readonly nint _channelStride;
    private readonly nint _tapStride;
    private readonly bool _isTurned;
    private readonly int _rows;
    private readonly int _depth;
    private readonly int _depthStride;
    private readonly nint _frequencyStride;
    private readonly float* _transformed;

    /// <summary>Describes the weights. They are transformed by <see cref="Transform"/>, to memory of the calling thread.</summary>
    /// <param name="kernel">The kernel of the instruction set.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="weights">Its weights [M, C, 3, 3], or [M, 3, 3, C].</param>
    /// <param name="isArranged">Whether they are the latter.</param>
    /// <param name="isTransposed">Whether rows are the channels of the input, or else of the output.</param>
    /// <param name="isTurned">Whether the kernel is turned round.</param>
    public WinogradFilter(GemmKernel<float> kernel, in ConvolutionGeometry geometry, float* weights, bool isArranged, bool isTransposed, bool isTurned)
    {
        int inputs = geometry.InputChannels;
        _kernel = kernel;
        _weights = weights;
        (_rows, _depth) = isTransposed ? (inputs, geometry.OutputChannels) : (geometry.OutputChannels, inputs);
        nint input = isArranged ? 1 : Taps;
        nint output = (nint)inputs * Taps;
        (_rowStride, _channelStride) = isTransposed ? (input, output) : (output, input);
        (_tapStride, _isTurned) = (isArranged ? inputs : 1, isTurned);
        _depthStride = (_depth + WinogradConvolution.Samples - 1) / WinogradConvolution.Samples * WinogradConvolution.Samples;
        _frequencyStride = WinogradTransforms.Stride((nint)_rows * _depthStride);
        _transformed = CallScratch.Rent<float>(WinogradTransforms.Frequencies * _frequencyStride);
    }

    /// <summary>From one row of a frequency's weights to the next.</summary>
    public int ChannelStride => _depthStride;

    /// <summary>The transformed weights of a frequency, [row, channel].</summary>
    public ReadOnlySpan<float> Transformed(int frequency) => new(_transformed + (frequency * _frequencyStride), _rows * _depthStride);

    /// <summary>Transforms the weights of rows [from, to).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transform<TLanes, T>(int from, int to)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        float* memory = ThreadScratch.Rent<float>((Taps * _depthStride) + WinogradTransforms.Between);
        float* between = memory + (Taps * _depthStride);
        for (int row = from; row < to; row++)
        {
            float* taps = _weights + (row * _rowStride);
            nint tapStride = _tapStride;
            if (_channelStride != 1)
            {
                Gather(taps, memory);
                taps = memory;
                tapStride = _depthStride;
            }

            if (_isTurned)
            {
                taps += (Taps - 1) * tapStride;
                tapStride = -tapStride;
            }

            float* target = _transformed + ((nint)row * _depthStride);
            for (int channel = 0; channel < _depthStride; channel += TLanes.Count)
            {
                WinogradWeightTransforms.Weights<TLanes, T>(
                    (T*)(taps + channel), tapStride, Math.Clamp(_depth - channel, 0, TLanes.Count), (T*)between, (T*)(target + channel), _frequencyStride);
            }
        }
    }

    /// <summary>The products of all frequencies, for rows [row, row + rows).</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="columns">The columns of the tiles, whole vectors of every kernel set.</param>
    /// <param name="tiles">The tiles, [frequency, channel, column].</param>
    /// <param name="tileStride">From one frequency of the tiles to the next.</param>
    /// <param name="products">The products, [frequency, row, column].</param>
    /// <param name="productStride">From one frequency of the products to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(int row, int rows, int columns, float* tiles, nint tileStride, float* products, nint productStride)
    {
        GemmPanels panels = GemmPanels.Create(_kernel, columns);
        GemmTile<float> tile = default;
        tile.ARowStride = _depthStride;
        tile.AColumnStride = 1;
        tile.BRowStride = columns;
        tile.CRowStride = columns;
        tile.Depth = _depth;
        tile.Alpha = 1;
        for (int frequency = 0; frequency < WinogradTransforms.Frequencies; frequency++)
        {
            float* weights = _transformed + (frequency * _frequencyStride) + ((nint)row * _depthStride);
            for (int panel = 0; panel < panels.Count; panel++)
            {
                int start = panels.Start(panel);
                int vectors = (panels.Start(panel + 1) - start) / _kernel.VectorWidth;
                int tileRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
                tile.B = tiles + (frequency * tileStride) + start;
                float* target = products + (frequency * productStride) + start;
                for (int r = 0; r < rows; r += tile.Rows)
                {
                    tile.Rows = rows - r >= tileRows ? tileRows : Math.Min(rows - r, _kernel.TileRows);
                    tile.A = weights + ((nint)r * _depthStride);
                    tile.C = target + ((nint)r * columns);
                    _kernel.Compute(in tile, vectors);
                }
            }
        }
    }

    // memory[tap, channel] = taps[channel, tap].
    private void Gather(float* taps, float* memory)
    {
        if (_tapStride == 1)
        {
            _kernel.Transpose(taps, _channelStride, Taps, _depth, memory, _depthStride, _depthStride);
            return;
        }

        for (int channel = 0; channel < _depth; channel++)
        {
            for (int tap = 0; tap < Taps; tap++)
            {
                memory[(tap * _depthStride) + channel] = taps[(channel * _channelStride) + (tap * _tapStride)];
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A 3×3 convolution of stride 1, or its transpose, by <see cref="WinogradTransforms"/> with the samples of a batch across the lanes. A strip of tiles is transformed to
/// [frequency, channel, tile, sample], where each frequency is a matrix product with the transformed weights [frequency, row, channel]; what comes out is transformed
/// back while it is in a cache. A transpose is a convolution too: with the kernel turned round and 2 less the padding.
/// </summary>
/// <remarks>An element's products are summed over the channels of the source, in one run of fused multiply-adds from zero a frequency. A tile that has an infinite input is NaN.</remarks>
internal unsafe struct WinogradConvolution : IParallelBody, ILaneBody
{
    /// <summary>Samples that are transformed together; whole vectors of every kernel set.</summary>
    public const int Samples = 16;

    // Transformed tiles of the source that are made before they are multiplied: at least as many as a register tile is wide, else as many as this allows.
    private const int StripBytes = 384 << 10;
    private const int LeastTiles = 3;

    // Channels of the result that are multiplied before they are transformed back, so that they stay in the second-level cache.
    private const int RowBlock = 32;

    private readonly GemmKernel<float> _kernel;
    private readonly KernelLevel _level;
    private readonly int _batch;
    private readonly int _depth;
    private readonly int _rows;
    private readonly int _sourceHeight;
    private readonly int _sourceWidth;
    private readonly int _height;
    private readonly int _width;
    private readonly int _padTop;
    private readonly int _padLeft;
    private readonly int _tileRows;
    private readonly int _tileColumns;
    private readonly int _lines;
    private readonly float* _source;
    private readonly float* _bias;
    private readonly float* _result;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private readonly WinogradFilter _filter;
    private int _linesAtOnce;
    private int _pieces;
    private int _strips;
    private bool _computes;

    /// <summary>Describes one convolution; see <see cref="LaneConvolution{T}"/>.</summary>
    public WinogradConvolution(
        KernelSet set,
        in ConvolutionGeometry geometry,
        bool isTransposed,
        float* source,
        float* weights,
        bool isArranged,
        float* bias,
        float* result,
        bool accumulates,
        ActivationKind activation)
    {
        (_kernel, _level) = (set.SingleGemm, set.Level);
        _batch = geometry.Batch;
        if (isTransposed)
        {
            (_depth, _sourceHeight, _sourceWidth) = (geometry.OutputChannels, geometry.OutputHeight, geometry.OutputWidth);
            (_rows, _height, _width) = (geometry.InputChannels, geometry.InputHeight, geometry.InputWidth);
            (_padTop, _padLeft) = (2 - geometry.PadTop, 2 - geometry.PadLeft);
        }
        else
        {
            (_depth, _sourceHeight, _sourceWidth) = (geometry.InputChannels, geometry.InputHeight, geometry.InputWidth);
            (_rows, _height, _width) = (geometry.OutputChannels, geometry.OutputHeight, geometry.OutputWidth);
            (_padTop, _padLeft) = (geometry.PadTop, geometry.PadLeft);
        }

        _tileRows = DivideUp(_height, WinogradTransforms.Outputs);
        _tileColumns = DivideUp(_width, WinogradTransforms.Outputs);
        _lines = DivideUp(_batch, Samples) * _tileRows;
        _source = source;
        _bias = bias;
        _result = result;
        (_accumulates, _activation) = (accumulates, activation);
        _filter = new WinogradFilter(_kernel, in geometry, weights, isArranged, isTransposed, isTurned: isTransposed);
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(WinogradConvolution convolution, WorkerPool workers) => convolution.Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int units = _computes ? _strips : _rows;
        WinogradConvolution body = this;
        LaneTraversal.Dispatch<WinogradConvolution, float>(ref body, (int)((long)units * part / partCount), (int)((long)units * (part + 1) / partCount), _level);
    }

    /// <summary>Transforms the weights of rows [start, end), or computes strips [start, end).</summary>
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!_computes)
        {
            _filter.Transform<TLanes, TElement>(start, end);
            return;
        }

        for (int strip = start; strip < end; strip++)
        {
            Compute<TLanes, TElement>(strip);
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        long work = (long)_rows * _depth * WinogradTransforms.Frequencies * _lines * _tileColumns * Samples;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        int tiles = Math.Max(LeastTiles, StripBytes / (WinogradTransforms.Frequencies * _depth * Samples * sizeof(float)));
        _linesAtOnce = Math.Clamp(tiles / _tileColumns, 1, Math.Max(1, _lines / threads));
        _linesAtOnce = DivideUp(_lines, DivideUp(_lines, _linesAtOnce));

        // How columns and lines are grouped changes no element: no sum runs over them.
        _pieces = DivideUp(_tileColumns, Math.Min(tiles, _tileColumns));
        _strips = DivideUp(_lines, _linesAtOnce) * _pieces;
        workers.Run(ref this, Math.Min(threads, _rows));
        _computes = true;
        workers.Run(ref this, Math.Min(threads == 1 ? 1 : 4 * threads, _strips));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute<TLanes, T>(int strip)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstLine = strip / _pieces * _linesAtOnce;
        int endLine = Math.Min(firstLine + _linesAtOnce, _lines);
        int piece = strip % _pieces;
        int firstTile = _tileColumns * piece / _pieces;
        int tiles = (_tileColumns * (piece + 1) / _pieces) - firstTile;
        int columns = (endLine - firstLine) * tiles * Samples;
        int rowBlock = Math.Min(RowBlock, _rows);
        nint sourceStride = WinogradTransforms.Stride((nint)_depth * columns);
        nint productStride = WinogradTransforms.Stride((nint)rowBlock * columns);
        int reach = (tiles * WinogradTransforms.Outputs) + 2;
        int run = tiles * WinogradTransforms.Outputs * WinogradTransforms.Outputs;
        nint source = WinogradTransforms.Frequencies * sourceStride;
        nint product = WinogradTransforms.Frequencies * productStride;
        nint pixels = (((WinogradTransforms.Inputs + 1) * reach) + Samples) * Samples;
        nint block = 2 * run * Samples;
        float* memory = ThreadScratch.Rent<float>(checked((int)(source + product + pixels + block + WinogradTransforms.Between)));
        float* products = memory + source;
        float* pixel = products + product;
        float* results = pixel + pixels;
        float* between = results + block;
        float* zeros = pixel + (((WinogradTransforms.Inputs * reach) + Samples) * Samples);
        new Span<float>(zeros, reach * Samples).Clear();
        for (int line = firstLine; line < endLine; line++)
        {
            TransformSource<TLanes, T>(line, firstTile, tiles, memory + ((line - firstLine) * tiles * Samples), columns, sourceStride, pixel, zeros, between);
        }

        for (int row = 0; row < _rows; row += rowBlock)
        {
            WorkLimits.Poll();
            int rows = Math.Min(rowBlock, _rows - row);
            _filter.Multiply(row, rows, columns, memory, sourceStride, products, productStride);
            for (int line = firstLine; line < endLine; line++)
            {
                TransformBack<TLanes, T>(line, firstTile, tiles, row, rows, products + ((line - firstLine) * tiles * Samples), columns, productStride, results, between);
            }
        }
    }

    // The tiles [firstTile, firstTile + tiles) of a line, for all channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformSource<TLanes, T>(
        int line, int firstTile, int tiles, float* target, int columns, nint stride, float* pixels, float* zeros, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstSample = line / _tileRows * Samples;
        int samples = Math.Min(Samples, _batch - firstSample);
        int top = (line % _tileRows * WinogradTransforms.Outputs) - _padTop;
        int left = (firstTile * WinogradTransforms.Outputs) - _padLeft;
        int fromRow = Math.Clamp(top, 0, _sourceHeight);
        int toRow = Math.Clamp(top + WinogradTransforms.Inputs, fromRow, _sourceHeight);
        int fromColumn = Math.Clamp(left, 0, _sourceWidth);
        int toColumn = Math.Clamp(left + (tiles * WinogradTransforms.Outputs) + 2, fromColumn, _sourceWidth);
        int width = toColumn - fromColumn;
        nint plane = (nint)_sourceHeight * _sourceWidth;
        nint sample = _depth * plane;
        float** rows = stackalloc float*[WinogradTransforms.Inputs];
        for (int i = 0; i < WinogradTransforms.Inputs; i++)
        {
            int row = top + i;
            rows[i] = row >= fromRow && row < toRow ? pixels + ((row - fromRow) * width * Samples) : zeros;
        }

        for (int channel = 0; channel < _depth; channel++)
        {
            float* first = _source + (firstSample * sample) + (channel * plane) + ((nint)fromRow * _sourceWidth) + fromColumn;
            for (int n = 0; n < samples && channel + 1 < _depth; n++)
            {
                CacheLines.Prefetch(first + (n * sample) + plane, (nint)(toRow - fromRow) * _sourceWidth * sizeof(float));
            }

            // What a sample holds from there on.
            nint rest = sample - (channel * plane) - ((nint)fromRow * _sourceWidth) - fromColumn;
            if (width == _sourceWidth)
            {
                _kernel.Transpose(first, sample, WinogradTransforms.WholeVectors((toRow - fromRow) * width, rest), samples, pixels, Samples, Samples);
            }
            else
            {
                for (int row = 0; row < toRow - fromRow; row++)
                {
                    int depth = WinogradTransforms.WholeVectors(width, rest - (row * _sourceWidth));
                    _kernel.Transpose(first + (row * _sourceWidth), sample, depth, samples, pixels + (row * width * Samples), Samples, Samples);
                }
            }

            for (int tile = 0; tile < tiles; tile++)
            {
                // Where the tile's first column would be, among those that were copied.
                int column = left + (tile * WinogradTransforms.Outputs) - fromColumn;
                for (int lane = 0; lane < Samples; lane += TLanes.Count)
                {
                    WinogradTransforms.Input<TLanes, T>(
                        (T**)rows, Samples, -column, width - column, ((nint)column * Samples) + lane, (T*)between, (T*)(target + (tile * Samples) + lane), stride);
                }
            }

            target += columns;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformBack<TLanes, T>(
        int line, int firstTile, int tiles, int row, int rows, float* products, int columns, nint stride, float* results, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstSample = line / _tileRows * Samples;
        int samples = Math.Min(Samples, _batch - firstSample);
        int top = line % _tileRows * WinogradTransforms.Outputs;
        int left = firstTile * WinogradTransforms.Outputs;
        int height = Math.Min(WinogradTransforms.Outputs, _height - top);
        int width = Math.Min(tiles * WinogradTransforms.Outputs, _width - left);
        int positions = height * width;
        nint plane = (nint)_height * _width;
        nint sample = _rows * plane;
        int distance = DivideUp(positions, Samples) * Samples;
        float* transposed = results + (tiles * WinogradTransforms.Outputs * WinogradTransforms.Outputs * Samples);
        for (int r = 0; r < rows; r++)
        {
            float bias = _bias is null ? 0 : _bias[row + r];
            float* target = _result + (firstSample * sample) + ((row + r) * plane) + ((nint)top * _width) + left;
            for (int n = 0; n < samples; n++)
            {
                CacheLines.Prefetch(target + (n * sample), (nint)height * _width * sizeof(float));
            }

            for (int tile = 0; tile < tiles; tile++)
            {
                int column = tile * WinogradTransforms.Outputs;
                for (int lane = 0; lane < Samples; lane += TLanes.Count)
                {
                    WinogradTransforms.Output<TLanes, T>(
                        (T*)(products + ((nint)r * columns) + (tile * Samples) + lane),
                        stride,
                        (T*)between,
                        TLanes.Repeat(*(T*)&bias),
                        Activations.IsRelu(_activation),
                        height,
                        width - column,
                        (T*)(results + (column * Samples) + lane),
                        width * Samples,
                        Samples);
                }
            }

            Activate(results, positions * Samples);
            _kernel.Transpose(results, Samples, samples, positions, transposed, distance, distance);
            for (int n = 0; n < samples; n++)
            {
                float* from = transposed + (n * distance);
                float* to = target + (n * sample);
                if (width == _width)
                {
                    WinogradTransforms.Copy<TLanes, T>((T*)from, (T*)to, positions, _accumulates);
                    continue;
                }

                for (int i = 0; i < height; i++)
                {
                    WinogradTransforms.Copy<TLanes, T>((T*)(from + (i * width)), (T*)(to + ((nint)i * _width)), width, _accumulates);
                }
            }
        }
    }

    private readonly void Activate(float* results, int length)
    {
        var values = new Span<float>(results, length);
        Activations.Apply(_activation, values, WorkerPool.Serial);
    }
}

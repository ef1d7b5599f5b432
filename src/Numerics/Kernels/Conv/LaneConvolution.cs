using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A convolution, or its transpose, with the samples of a batch across the lanes. The source is copied to [position, channel, sample], where the
/// channels of a position are a panel of a matrix product as they lie: for a position of the result, the product's k runs over the
/// panels of the positions that its taps meet. No patch is ever copied and no padding multiplied.
/// </summary>
/// <remarks>An element sums over taps and then channels of the source, in one run of fused multiply-adds from zero.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct LaneConvolution<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Positions of the result that are computed before they are copied out; whole vectors of every kernel set.
    private const int PositionBlock = 16;

    // Rows of the result that are computed before they are copied out, so that they stay in the second-level cache.
    private const int RowBlock = 64;

    private readonly GemmKernel<T> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly bool _isTransposed;
    private readonly bool _mergesTaps;
    private readonly int _rows;
    private readonly int _depth;
    private readonly int _positions;
    private readonly int _sourcePositions;
    private readonly int _width;
    private readonly int _positionStride;
    private readonly int _panels;
    private readonly int _blocks;
    private readonly T* _source;
    private readonly T* _weights;
    private readonly T* _bias;
    private readonly T* _result;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private T* _arranged;
    private T* _lanes;
    private nint* _segments;
    private int* _starts;
    private int* _runs;
    private WorkShares _shares;
    private bool _isArranged;
    private bool _computes;

    /// <summary>Describes one convolution.</summary>
    /// <param name="kernel">The kernel of the instruction set.</param>
    /// <param name="geometry">The sizes of the convolution that is computed, or whose transpose is.</param>
    /// <param name="isTransposed">Whether the source is the geometry's output and the result its input.</param>
    /// <param name="source">The source, [N, channels, positions].</param>
    /// <param name="weights">The weights, as ONNX has them, or as <see cref="ConvolutionWeights"/> arranges them.</param>
    /// <param name="isArranged">Which of the two.</param>
    /// <param name="bias">One element a channel of the result, or null.</param>
    /// <param name="result">The result, [N, channels, positions].</param>
    /// <param name="accumulates">Whether the result is added to what is there.</param>
    /// <param name="activation">Applied last.</param>
    public LaneConvolution(
        GemmKernel<T> kernel,
        in ConvolutionGeometry geometry,
        bool isTransposed,
        T* source,
        T* weights,
        bool isArranged,
        T* bias,
        T* result,
        bool accumulates,
        ActivationKind activation)
    {
        (_kernel, _geometry, _isTransposed) = (kernel, geometry, isTransposed);
        (_rows, _depth) = isTransposed
            ? (geometry.GroupInputChannels, geometry.GroupOutputChannels)
            : (geometry.GroupOutputChannels, geometry.GroupInputChannels);
        (_positions, _sourcePositions) = isTransposed ? (geometry.InputArea, geometry.OutputArea) : (geometry.OutputArea, geometry.InputArea);
        _width = LaneWidth(kernel, geometry.Batch);
        _panels = DivideUp(geometry.Batch, _width);

        // A line more than the channels need: positions a power of two apart would fall on the same few lines of a cache. Not where neighbours must touch.
        _mergesTaps = !isTransposed && ConvolutionPaths.MergesTaps(in geometry);
        _positionStride = (_depth * geometry.Groups * _width) + (_mergesTaps ? 0 : PositionBlock);
        _blocks = DivideUp(_positions, PositionBlock);
        _source = source;
        _weights = weights;
        _bias = bias;
        _result = result;
        (_isArranged, _accumulates, _activation) = (isArranged, accumulates, activation);
    }

    private readonly int SourceChannels => _depth * _geometry.Groups;

    private readonly int ResultChannels => _rows * _geometry.Groups;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(LaneConvolution<T> convolution, WorkerPool workers) => convolution.Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        if (_computes)
        {
            while (_shares.TryTake(part, out int unit))
            {
                WorkLimits.Poll();
                Compute(unit / _blocks, unit % _blocks * PositionBlock);
            }
        }
        else
        {
            Arrange(part, partCount);
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    // As wide as a register tile, or narrower where a tile of one vector, which is slow, would remain.
    private static int LaneWidth(GemmKernel<T> kernel, int batch)
    {
        int vectors = DivideUp(batch, kernel.VectorWidth);
        int tile = kernel.TileVectors;
        return kernel.VectorWidth * (vectors <= tile ? vectors : tile > 2 && vectors % tile == 1 ? tile - 1 : tile);
    }

    private void Run(WorkerPool workers)
    {
        long work = (long)_rows * SourceChannels * _geometry.KernelArea * _positions * _geometry.Batch;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        nint lanes = (((nint)_panels * _sourcePositions * _positionStride) + 15) & ~(nint)15;
        nint weights = _isArranged ? 0 : ((nint)_geometry.WeightLength + 15) & ~(nint)15;
        T* memory = CallScratch.Rent<T>(lanes + weights);
        _lanes = memory;
        _arranged = _isArranged ? _weights : memory + lanes;
        TapTable.Order order = _isTransposed ? TapTable.Order.Inputs : _mergesTaps ? TapTable.Order.OutputRows : TapTable.Order.Outputs;
        TapTable table = TapTable.Get(in _geometry, order, _depth, _positionStride);
        _segments = table.Pairs;
        _starts = table.Starts;
        _runs = table.Lengths;
        workers.Run(ref this, threads);
        _computes = true;
        // A thread computes the samples that it arranged, whose copies its caches hold, before it helps another.
        threads = Math.Min(threads, WorkShares.MaximumParts);
        long* taken = stackalloc long[WorkShares.Length(threads)];
        _shares = new WorkShares(taken, _panels * _blocks, threads);
        workers.Run(ref this, threads);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Arrange(int part, int partCount)
    {
        int from = (int)((long)ResultChannels * part / partCount);
        int to = (int)((long)ResultChannels * (part + 1) / partCount);
        if (!_isArranged && _isTransposed)
        {
            ConvolutionWeights.ToBackward(_kernel, in _geometry, _weights, _arranged, from, to);
        }
        else if (!_isArranged)
        {
            ConvolutionWeights.ToForward(_kernel, in _geometry, _weights, _arranged, from, to);
        }

        int units = _panels * SourceChannels;
        nint plane = _sourcePositions;
        nint sample = SourceChannels * plane;
        for (int unit = (int)((long)units * part / partCount); unit < (int)((long)units * (part + 1) / partCount); unit++)
        {
            int panel = unit / SourceChannels;
            int channel = unit % SourceChannels;
            int first = panel * _width;
            int columns = Math.Min(_width, _geometry.Batch - first);
            T* source = _source + (first * sample) + (channel * plane);
            for (int n = 0; n < columns && channel + 1 < SourceChannels; n++)
            {
                CacheLines.Prefetch(source + (n * sample) + plane, plane * sizeof(T));
            }

            T* destination = _lanes + (panel * plane * _positionStride) + ((nint)channel * _width);
            _kernel.Transpose(source, sample, _sourcePositions, columns, destination, _width, _positionStride);
        }
    }

    // The block of positions of one panel of samples, for all rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute(int panel, int firstPosition)
    {
        int first = panel * _width;
        int samples = Math.Min(_width, _geometry.Batch - first);
        int positions = Math.Min(PositionBlock, _positions - firstPosition);
        int rowBlock = Math.Min(RowBlock, _rows);
        T* block = ThreadScratch.Rent<T>((rowBlock * PositionBlock * _width) + (PositionBlock * (_width + 16)));
        T* transposed = block + (rowBlock * PositionBlock * _width);
        T* lanes = _lanes + ((nint)panel * _sourcePositions * _positionStride);
        for (int group = 0; group < _geometry.Groups; group++)
        {
            for (int row = 0; row < _rows; row += rowBlock)
            {
                int rows = Math.Min(rowBlock, _rows - row);
                int channel = (group * _rows) + row;
                nint sample = (nint)ResultChannels * _positions;
                T* result = _result + (first * sample) + ((nint)channel * _positions) + firstPosition;
                Multiply(channel, rows, firstPosition, positions, samples, lanes + ((nint)group * _depth * _width), block, result, sample);
                Activate(block, rows * PositionBlock * _width);
                CopyOut(block, rows, positions, samples, result, sample, transposed);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int channel, int rows, int firstPosition, int positions, int samples, T* lanes, T* block, T* result, nint sampleStride)
    {
        int vectors = DivideUp(samples, _kernel.VectorWidth);
        int narrowRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
        nint rowStride = (nint)_geometry.KernelArea * _depth;
        GemmTile<T> tile = default;
        tile.ARowStride = rowStride;
        tile.AColumnStride = 1;
        tile.B = lanes;
        tile.BRowStride = _width;
        tile.CRowStride = PositionBlock * _width;
        tile.Alpha = T.One;
        tile.Relu = Activations.IsRelu(_activation);
        tile.IsCapped = _activation == ActivationKind.Relu6;
        T* weights = _arranged + (channel * rowStride);
        for (int position = 0; position < positions; position++)
        {
            int start = _starts[firstPosition + position];
            tile.SegmentCount = _starts[firstPosition + position + 1] - start;
            tile.Segments = tile.SegmentCount == 0 ? null : _segments + (2 * (nint)start);
            tile.Depth = tile.SegmentCount == 0 ? 0 : _mergesTaps ? _depth * _runs[firstPosition + position] : _depth;
            for (int row = rows * position / positions; row < rows * (position + 1) / positions; row++)
            {
                for (int sample = 0; sample < samples; sample++)
                {
                    CacheLines.Prefetch(result + (sample * sampleStride) + ((nint)row * _positions), 1);
                }
            }

            for (int row = 0; row < rows; row += tile.Rows)
            {
                tile.Rows = rows - row >= narrowRows ? narrowRows : Math.Min(rows - row, _kernel.TileRows);
                tile.A = weights + (row * rowStride);
                tile.C = block + (row * tile.CRowStride) + (position * _width);
                tile.RowBias = _bias is null ? null : _bias + channel + row;
                _kernel.Compute(in tile, vectors);
            }
        }
    }

    private readonly void Activate(T* block, int length)
    {
        var values = new Span<T>(block, length);
        Activations.ApplyBeyondClamps(_activation, values, WorkerPool.Serial);
    }

    // [row, position, sample] to [sample, row, position].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void CopyOut(T* block, int rows, int positions, int samples, T* result, nint sampleStride, T* transposed)
    {
        bool isDirect = positions == PositionBlock && !_accumulates;
        for (int row = 0; row < rows; row++)
        {
            T* target = result + ((nint)row * _positions);
            T* source = block + (row * PositionBlock * _width);
            if (isDirect)
            {
                _kernel.Transpose(source, _width, samples, positions, target, PositionBlock, sampleStride);
                continue;
            }

            _kernel.Transpose(source, _width, samples, positions, transposed, PositionBlock, PositionBlock);
            for (int sample = 0; sample < samples; sample++)
            {
                T* from = transposed + (sample * PositionBlock);
                T* to = target + (sample * sampleStride);
                for (int position = 0; position < positions; position++)
                {
                    to[position] = _accumulates ? to[position] + from[position] : from[position];
                }
            }
        }
    }
}

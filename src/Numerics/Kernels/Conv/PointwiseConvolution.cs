using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A convolution with a kernel of one element, or its transpose: for every sample the product of the weights, or of their transpose, with the channels' planes, which are read
/// as they lie. Positions are across the lanes. With strides, the positions that are met are put together first, or spread afterwards.
/// </summary>
/// <remarks>An element sums over the channels in one run of fused multiply-adds from zero.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct PointwiseConvolution<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The processor sees by itself what comes next while a page holds several channels, and does not where each has its own.
    private const int LongRowBytes = 2048;

    // An image up to this size is brought near as a whole before positions are taken out of it, in pieces too far apart for the processor to see them coming.
    private const int NearImageBytes = 256 << 10;

    private readonly GemmKernel<T> _kernel;
    private readonly KernelLevel _level;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly bool _isTransposed;
    private readonly bool _isSampled;
    private readonly bool _prefetches;
    private readonly int _positions;
    private readonly int _depth;
    private readonly int _rows;
    private readonly int _rowTiles;
    private readonly T* _source;
    private readonly T* _weights;
    private readonly T* _bias;
    private readonly T* _target;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private int _rowParts;

    /// <summary>Describes one convolution, or one transposed.</summary>
    /// <param name="set">The kernels to use.</param>
    /// <param name="geometry">The geometry of the convolution, not of its transpose.</param>
    /// <param name="isTransposed">Whether to go from its output to its input.</param>
    /// <param name="source">What is convolved.</param>
    /// <param name="weights">[M, C/groups].</param>
    /// <param name="bias">One a channel of the result, or null.</param>
    /// <param name="target">The result.</param>
    /// <param name="accumulates">Whether to add to it.</param>
    /// <param name="activation">Applied last.</param>
    public PointwiseConvolution(
        KernelSet set, in ConvolutionGeometry geometry, bool isTransposed, T* source, T* weights, T* bias, T* target, bool accumulates, ActivationKind activation)
    {
        (_kernel, _level, _geometry) = (Gemm.KernelOf<T>(set), set.Level, geometry);
        _isTransposed = isTransposed;
        _isSampled = geometry.StrideHeight > 1 || geometry.StrideWidth > 1;
        _positions = geometry.OutputArea;
        _prefetches = (long)_positions * sizeof(T) >= LongRowBytes;
        _panels = GemmPanels.Create(_kernel, _positions);
        (_rows, _depth) = isTransposed ? (geometry.GroupInputChannels, geometry.GroupOutputChannels) : (geometry.GroupOutputChannels, geometry.GroupInputChannels);
        _rowTiles = DivideUp(_rows, _kernel.TileRows);
        _source = source;
        _weights = weights;
        _bias = bias;
        _target = target;
        (_accumulates, _activation) = (accumulates, activation);
    }

    // With strides, an image is put together, or spread, as a whole.
    private readonly int UnitsPerImage => _isSampled ? 1 : _panels.Count;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(PointwiseConvolution<T> convolution, WorkerPool workers) => convolution.Run(workers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke(int part, int partCount)
    {
        int unitParts = partCount / _rowParts;
        int rowPart = part % _rowParts;
        int rowFrom = (int)((long)_rowTiles * rowPart / _rowParts) * _kernel.TileRows;
        int rowTo = Math.Min((int)((long)_rowTiles * (rowPart + 1) / _rowParts) * _kernel.TileRows, _rows);
        int perImage = UnitsPerImage;
        int images = _geometry.Batch * _geometry.Groups;
        int from = (int)((long)images * perImage * (part / _rowParts) / unitParts);
        int to = (int)((long)images * perImage * ((part / _rowParts) + 1) / unitParts);
        int widest = _kernel.TileVectors * _kernel.VectorWidth;
        int sampled = _isSampled ? ((_isTransposed ? rowTo - rowFrom : _depth) * _positions) + SampledPlanes.Slack : 0;
        T* ragged = ThreadScratch.Rent<T>(((_kernel.NarrowTileRows + _depth) * widest) + sampled);
        T* samples = ragged + ((_kernel.NarrowTileRows + _depth) * widest);
        for (int unit = from; unit < to; unit++)
        {
            WorkLimits.Poll();
            int image = unit / perImage;
            if (!_isSampled)
            {
                bool prefetches = _prefetches && unit + perImage < to;
                Multiply(image, unit % perImage, rowFrom, rowTo, _source + ((nint)image * _depth * _positions), _target + ((nint)image * _rows * _positions), prefetches, ragged);
                continue;
            }

            T* source = _source + ((nint)image * _depth * (_isTransposed ? _positions : _geometry.InputArea));
            T* target = _target + ((nint)image * _rows * (_isTransposed ? _geometry.InputArea : _positions));
            if (_isTransposed)
            {
                // The product's rows from rowFrom on, so that it is addressed from its row 0.
                MultiplyAll(image, rowFrom, rowTo, source, samples - ((nint)rowFrom * _positions), ragged);
                Sample(target + ((nint)rowFrom * _geometry.InputArea), samples, rowTo - rowFrom);
            }
            else
            {
                nint bytes = (nint)_depth * _geometry.InputArea * sizeof(T);
                CacheLines.Prefetch(source, bytes <= NearImageBytes ? bytes : 0);
                Sample(source, samples, _depth);
                MultiplyAll(image, rowFrom, rowTo, samples, target, ragged);
            }
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        int units = _geometry.Batch * _geometry.Groups * UnitsPerImage;
        long work = (long)_rows * _depth * _positions * _geometry.Batch * _geometry.Groups;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);

        // Where there are few panels, threads share them by their rows.
        int unitParts = Math.Min(threads, units);
        _rowParts = threads > units ? Math.Min(threads / unitParts, _rowTiles) : 1;
        if (threads > 1 && units > 8 * threads)
        {
            unitParts = 4 * threads;
        }

        workers.Run(ref this, unitParts * _rowParts);
        var values = new Span<T>(_target, _isTransposed ? _geometry.InputLength : _geometry.OutputLength);
        Activations.ApplyBeyondClamps(_activation, values, workers);
    }

    private readonly void Sample(T* planes, T* samples, int count)
    {
        var body = new SampledPlanes(_geometry, planes, samples, _isTransposed, _accumulates);
        LaneTraversal.Dispatch<SampledPlanes, T>(ref body, 0, count, _level);
    }

    private readonly void MultiplyAll(int image, int rowFrom, int rowTo, T* source, T* target, T* ragged)
    {
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            Multiply(image, panel, rowFrom, rowTo, source, target, false, ragged);
        }
    }

    // Rows [rowFrom, rowTo) of a panel. While a tile is computed, a share of the next image is brought near.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int image, int panel, int rowFrom, int rowTo, T* source, T* target, bool prefetches, T* ragged)
    {
        int start = _panels.Start(panel);
        int width = _panels.Start(panel + 1) - start;
        bool reads = _accumulates && !(_isSampled && _isTransposed);
        if (start + width > _positions && !reads && _positions >= width)
        {
            // Computes some positions once more instead of a part of a vector.
            start = _positions - width;
        }

        int group = image % _geometry.Groups;
        int columns = Math.Min(width, _positions - start);
        bool isRagged = columns < width;
        GemmTile<T> tile = default;
        tile.B = source + start;
        tile.BRowStride = _positions;
        if (isRagged)
        {
            T* packed = ragged + (_kernel.NarrowTileRows * width);
            _kernel.Pack(tile.B, _positions, 1, _depth, columns, packed, width);
            tile.B = packed;
            tile.BRowStride = width;
        }

        tile.ARowStride = _isTransposed ? 1 : _depth;
        tile.AColumnStride = _isTransposed ? _rows : 1;
        tile.Depth = _depth;
        tile.Alpha = T.One;
        tile.Beta = T.One;
        tile.ReadsC = reads;
        tile.Relu = Activations.IsRelu(_activation);
        tile.IsCapped = _activation == ActivationKind.Relu6;
        tile.CRowStride = isRagged ? width : _positions;
        int vectors = width / _kernel.VectorWidth;
        int narrowRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
        T* weights = _weights + ((nint)group * _rows * _depth);
        T* c = target + start;
        nint imageLength = (nint)_depth * _positions;
        nint tiles = (nint)_panels.Count * _rowTiles;
        for (int row = rowFrom; row < rowTo; row += tile.Rows)
        {
            tile.Rows = rowTo - row >= narrowRows ? narrowRows : Math.Min(rowTo - row, _kernel.TileRows);
            tile.A = weights + (row * tile.ARowStride);
            tile.RowBias = _bias is null ? null : _bias + (group * _rows) + row;
            T* into = c + ((nint)row * _positions);
            tile.C = isRagged ? ragged : into;
            if (prefetches)
            {
                int done = (panel * _rowTiles) + (row / _kernel.TileRows);
                nint from = imageLength * done / tiles;
                CacheLines.Prefetch(source + imageLength + from, ((imageLength * (done + 1) / tiles) - from) * sizeof(T));
            }

            if (isRagged && reads)
            {
                for (int r = 0; r < tile.Rows; r++)
                {
                    new ReadOnlySpan<T>(into + ((nint)r * _positions), columns).CopyTo(new Span<T>(ragged + (r * width), columns));
                }
            }

            _kernel.Compute(in tile, vectors);
            for (int r = 0; isRagged && r < tile.Rows; r++)
            {
                new ReadOnlySpan<T>(ragged + (r * width), columns).CopyTo(new Span<T>(into + ((nint)r * _positions), columns));
            }
        }
    }
}

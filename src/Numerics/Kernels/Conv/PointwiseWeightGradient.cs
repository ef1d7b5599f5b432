using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The gradient of the weights of a convolution with a kernel of one element: the sum over the samples of the products of the output's gradient, read as it lies, and of the
/// input's planes, which are transposed block by block. Input channels are across the lanes. Threads take chunks of samples, each with sums of its own.
/// </summary>
/// <remarks>
/// An element sums over the positions of a block by fused multiply-adds from zero; the blocks' sums are added in the order of a chunk's samples, and the chunks' in their order.
/// Blocks and chunks depend on the geometry alone.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct PointwiseWeightGradient<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of weights: larger products keep several threads busy with one sum, and their sums take too much memory.
    private const int LargestProduct = 16 << 10;

    // The elements of all chunks' sums, and the chunks at most.
    private const int SumsLength = 128 << 10;
    private const int MostChunks = 32;

    // The elements of a transposed block, and its positions: whole blocks of the transposition.
    private const int BlockLength = 8 << 10;
    private const int BlockUnit = 16;
    private const int LongestBlock = 512;

    // An image up to this size is brought near as a whole before positions are taken out of it.
    private const int NearImageBytes = 256 << 10;

    private readonly GemmKernel<T> _kernel;
    private readonly KernelLevel _level;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly bool _isSampled;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _positions;
    private readonly int _blockPositions;
    private readonly int _chunks;
    private readonly nint _chunkLength;
    private readonly T* _x;
    private readonly T* _dy;
    private T* _sums;

    private PointwiseWeightGradient(KernelSet set, in ConvolutionGeometry geometry, T* x, T* dy)
    {
        (_kernel, _level, _geometry) = (Gemm.KernelOf<T>(set), set.Level, geometry);
        _isSampled = geometry.StrideHeight > 1 || geometry.StrideWidth > 1;
        (_rows, _columns, _positions) = (geometry.GroupOutputChannels, geometry.GroupInputChannels, geometry.OutputArea);
        _panels = GemmPanels.Create(_kernel, _columns);
        _x = x;
        _dy = dy;

        // From the geometry alone, and so not from the padded columns of a kernel set.
        int longest = Math.Clamp(BlockLength / _columns / BlockUnit * BlockUnit, 4 * BlockUnit, LongestBlock);
        _blockPositions = DivideUp(DivideUp(_positions, DivideUp(_positions, longest)), BlockUnit) * BlockUnit;
        _chunks = Math.Max(1, Math.Min(geometry.Batch, Math.Clamp(SumsLength / geometry.WeightLength, 1, MostChunks)));
        _chunkLength = (nint)geometry.OutputChannels * _panels.PaddedColumns;
    }

    /// <summary>Whether it suits a geometry.</summary>
    public static bool Suits(in ConvolutionGeometry g) => g.WeightLength <= LargestProduct;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    /// <param name="set">The kernels to use.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="x">Its input.</param>
    /// <param name="dy">The gradient of its output.</param>
    /// <param name="dw">The result, [M, C/groups].</param>
    /// <param name="accumulates">Whether to add to it.</param>
    /// <param name="workers">The threads.</param>
    public static void Run(KernelSet set, in ConvolutionGeometry geometry, T* x, T* dy, T* dw, bool accumulates, WorkerPool workers) =>
        new PointwiseWeightGradient<T>(set, in geometry, x, dy).Run(dw, accumulates, workers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke(int part, int partCount)
    {
        int padded = _panels.PaddedColumns;
        int block = _blockPositions * padded;
        T* transposed = ThreadScratch.Rent<T>(block + (_isSampled ? (_columns * _positions) + SampledPlanes.Slack : 0));
        T* samples = transposed + block;
        int to = (int)((long)_chunks * (part + 1) / partCount);
        for (int chunk = (int)((long)_chunks * part / partCount); chunk < to; chunk++)
        {
            T* sums = _sums + (chunk * _chunkLength);
            new Span<T>(sums, (int)_chunkLength).Clear();
            int imageEnd = (int)((long)_geometry.Batch * (chunk + 1) / _chunks) * _geometry.Groups;
            for (int image = (int)((long)_geometry.Batch * chunk / _chunks) * _geometry.Groups; image < imageEnd; image++)
            {
                T* x = _x + ((nint)image * _columns * _geometry.InputArea);
                if (_isSampled)
                {
                    nint bytes = (nint)_columns * _geometry.InputArea * sizeof(T);
                    CacheLines.Prefetch(x, bytes <= NearImageBytes ? bytes : 0);
                    var body = new SampledPlanes(_geometry, x, samples, false, false);
                    LaneTraversal.Dispatch<SampledPlanes, T>(ref body, 0, _columns, _level);
                    x = samples;
                }

                T* dy = _dy + ((nint)image * _rows * _positions);
                T* target = sums + ((nint)(image % _geometry.Groups) * _rows * padded);
                for (int position = 0; position < _positions; position += _blockPositions)
                {
                    int depth = Math.Min(_blockPositions, _positions - position);
                    _kernel.Transpose(x + position, _positions, depth, _columns, transposed, padded, padded);
                    Multiply(dy + position, transposed, depth, target);
                }
            }
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(T* dw, bool accumulates, WorkerPool workers)
    {
        long work = (long)_geometry.WeightLength * _positions * _geometry.Batch;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        _sums = CallScratch.Rent<T>(_chunks * _chunkLength);
        workers.Run(ref this, Math.Min(threads, _chunks));
        for (int chunk = 1; chunk < _chunks; chunk++)
        {
            Add(_sums + (chunk * _chunkLength), _sums, _chunkLength);
        }

        int padded = _panels.PaddedColumns;
        for (int row = 0; row < _geometry.OutputChannels; row++)
        {
            if (!accumulates)
            {
                new Span<T>(dw + ((nint)row * _columns), _columns).Clear();
            }

            Add(_sums + ((nint)row * padded), dw + ((nint)row * _columns), _columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* source, T* target, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            (Vector256.Load(target + i) + Vector256.Load(source + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] += source[i];
        }
    }

    // Adds the product of a block of the gradient, [rows, depth], and of the transposed planes, [depth, columns].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(T* dy, T* transposed, int depth, T* sums)
    {
        int padded = _panels.PaddedColumns;
        GemmTile<T> tile = default;
        tile.ARowStride = _positions;
        tile.AColumnStride = 1;
        tile.BRowStride = padded;
        tile.CRowStride = padded;
        tile.Depth = depth;
        tile.Alpha = T.One;
        tile.Beta = T.One;
        tile.ReadsC = true;
        int narrowRows = padded == _kernel.VectorWidth ? _kernel.NarrowTileRows : _kernel.TileRows;
        for (int row = 0; row < _rows; row += tile.Rows)
        {
            tile.Rows = _rows - row >= narrowRows ? narrowRows : Math.Min(_rows - row, _kernel.TileRows);
            tile.A = dy + ((nint)row * _positions);
            for (int panel = 0; panel < _panels.Count; panel++)
            {
                int column = _panels.Start(panel);
                tile.B = transposed + column;
                tile.C = sums + ((nint)row * padded) + column;
                _kernel.Compute(in tile, (_panels.Start(panel + 1) - column) / _kernel.VectorWidth);
            }
        }
    }
}

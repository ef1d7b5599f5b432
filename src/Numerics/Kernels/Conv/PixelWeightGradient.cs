using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The gradient of a convolution's weights as a matrix product of the output's gradient, read as it lies, and of patches, which are copied to [position, patch element]
/// for some samples, or for a part of one, at a time. The elements of a patch are across the lanes.
/// </summary>
/// <remarks>An element sums over the positions of a sample, or of the part, by fused multiply-adds from zero, and these sums are added in their order.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct PixelWeightGradient<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Elements of patches at a time.
    private const int ChunkLength = 1 << 17;

    // Positions that are gathered before they are transposed, and the longest run of fused multiply-adds: multiples of one another.
    private const int Gathered = 64;
    private const int LongestSum = 1024;

    private readonly GemmKernel<T> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly int _depth;
    private readonly int _positions;
    private readonly int _rowTiles;
    private readonly int _tileRows;
    private readonly T* _x;
    private readonly T* _dy;
    private readonly T* _dw;
    private readonly bool _accumulates;
    private T* _patches;
    private T* _sums;
    private bool _multiplies;
    private int _group;
    private int _firstSample;
    private int _samples;
    private int _firstPosition;
    private int _count;

    private PixelWeightGradient(GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* x, T* dy, T* dw, bool accumulates)
    {
        (_kernel, _geometry) = (kernel, geometry);
        _depth = geometry.GroupInputChannels * geometry.KernelArea;
        _positions = geometry.OutputArea;
        _panels = GemmPanels.Create(kernel, _depth);
        _tileRows = _panels.PaddedColumns == kernel.VectorWidth && geometry.GroupOutputChannels >= kernel.NarrowTileRows ? kernel.NarrowTileRows : kernel.TileRows;
        _rowTiles = DivideUp(geometry.GroupOutputChannels, _tileRows);
        _x = x;
        _dy = dy;
        _dw = dw;
        _accumulates = accumulates;
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* x, T* dy, T* dw, bool accumulates, WorkerPool workers) =>
        new PixelWeightGradient<T>(kernel, in geometry, x, dy, dw, accumulates).Run(workers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke(int part, int partCount)
    {
        int blocks = DivideUp(_count, Gathered);
        int units = _multiplies ? _panels.Count * _rowTiles : _samples * blocks;
        int from = (int)((long)units * part / partCount);
        int to = (int)((long)units * (part + 1) / partCount);
        if (_multiplies)
        {
            for (int unit = from; unit < to; unit++)
            {
                Multiply(unit / _rowTiles, unit % _rowTiles * _tileRows);
            }

            return;
        }

        int* edges = stackalloc int[PatchPacker<T>.EdgeLength(in _geometry)];
        var packer = new PatchPacker<T>(in _geometry, _x + _geometry.InputLength, edges);
        for (int unit = from; unit < to; unit++)
        {
            Gather(in packer, unit / blocks, unit % blocks * Gathered);
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(WorkerPool workers)
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        long work = (long)g.OutputChannels * _depth * _positions * g.Batch;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        int rows = Math.Max(LongestSum, ChunkLength / _panels.PaddedColumns / LongestSum * LongestSum);
        int samplesAtOnce = Math.Max(1, Math.Min(g.Batch, rows / _positions));
        int positionsAtOnce = Math.Min(_positions, rows);
        nint patches = (nint)samplesAtOnce * positionsAtOnce * _panels.PaddedColumns;
        nint sums = (nint)g.OutputChannels * _panels.PaddedColumns;
        _patches = CallScratch.Rent<T>(patches + sums);
        _sums = _patches + patches;
        new Span<T>(_sums, checked((int)sums)).Clear();
        for (_group = 0; _group < g.Groups; _group++)
        {
            for (_firstSample = 0; _firstSample < g.Batch; _firstSample += samplesAtOnce)
            {
                _samples = Math.Min(samplesAtOnce, g.Batch - _firstSample);
                for (_firstPosition = 0; _firstPosition < _positions; _firstPosition += positionsAtOnce)
                {
                    _count = Math.Min(positionsAtOnce, _positions - _firstPosition);
                    _multiplies = false;
                    workers.Run(ref this, threads);
                    _multiplies = true;
                    workers.Run(ref this, threads);
                }
            }
        }

        for (int row = 0; row < g.OutputChannels; row++)
        {
            T* source = _sums + ((nint)row * _panels.PaddedColumns);
            T* target = _dw + ((nint)row * _depth);
            for (int k = 0; k < _depth; k++)
            {
                target[k] = _accumulates ? target[k] + source[k] : source[k];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather(in PatchPacker<T> packer, int sample, int position)
    {
        int columns = Math.Min(Gathered, _count - position);
        const int Distance = Gathered + PatchPacker<T>.Slack;
        T* rows = ThreadScratch.Rent<T>((_depth * Distance) + PatchPacker<T>.Slack);
        nint image = ((nint)(_firstSample + sample) * _geometry.Groups) + _group;
        T* x = _x + (image * _geometry.GroupInputChannels * _geometry.InputArea);
        packer.Pack(x, _firstPosition + position, columns, columns, Distance, true, rows);
        T* target = _patches + ((((nint)sample * _count) + position) * _panels.PaddedColumns);
        _kernel.Transpose(rows, Distance, columns, _depth, target, _panels.PaddedColumns, _panels.PaddedColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int panel, int row)
    {
        int column = _panels.Start(panel);
        int vectors = (_panels.Start(panel + 1) - column) / _kernel.VectorWidth;
        int rowEnd = Math.Min(row + _tileRows, _geometry.GroupOutputChannels);
        GemmTile<T> tile = default;
        tile.ARowStride = _positions;
        tile.AColumnStride = 1;
        tile.BRowStride = _panels.PaddedColumns;
        tile.CRowStride = _panels.PaddedColumns;
        tile.Alpha = T.One;
        tile.Beta = T.One;
        tile.ReadsC = true;
        for (int sample = 0; sample < _samples; sample++)
        {
            nint image = ((nint)(_firstSample + sample) * _geometry.Groups) + _group;
            T* dy = _dy + (image * _geometry.GroupOutputChannels * _positions) + _firstPosition;
            for (int position = 0; position < _count; position += LongestSum)
            {
                tile.Depth = Math.Min(LongestSum, _count - position);
                tile.B = _patches + ((((nint)sample * _count) + position) * _panels.PaddedColumns) + column;
                for (int r = row; r < rowEnd; r += tile.Rows)
                {
                    // Whole narrow tiles; a rest of one takes the usual ones.
                    tile.Rows = rowEnd - r == _tileRows ? _tileRows : Math.Min(rowEnd - r, _kernel.TileRows);
                    tile.A = dy + ((nint)r * _positions) + position;
                    tile.C = _sums + ((((nint)_group * _geometry.GroupOutputChannels) + r) * _panels.PaddedColumns) + column;
                    _kernel.Compute(in tile, vectors);
                }
            }
        }
    }
}

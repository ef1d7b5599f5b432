using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The gradient of a convolution's weights with the channels of the input across the lanes. Both operands are copied to [position, sample, channel]; then each
/// tap's gradient is a matrix product whose k runs over the samples of one position after another: those that the tap meets.
/// </summary>
/// <remarks>The positions are cut into chunks by the geometry alone; an element sums over the positions and samples of a chunk by fused multiply-adds from zero,
/// and the chunks' sums are added in their order.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct LaneWeightGradient<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The length of k in a chunk: the chunk of the input stays in the first-level cache while the rows of the output go over it.
    private const int ChunkDepth = 256;

    private const int Line = 16;

    private readonly GemmKernel<T> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly int _rowTiles;
    private readonly int _inputStride;
    private readonly int _outputStride;
    private readonly int _inputPosition;
    private readonly int _outputPosition;
    private readonly T* _x;
    private readonly T* _dy;
    private readonly T* _dw;
    private readonly bool _accumulates;
    private T* _input;
    private T* _output;
    private T* _sums;
    private nint* _segments;
    private int* _starts;
    private int _phase;

    private LaneWeightGradient(GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* x, T* dy, T* dw, bool accumulates)
    {
        (_kernel, _geometry) = (kernel, geometry);
        _panels = GemmPanels.Create(kernel, geometry.GroupInputChannels);
        _rowTiles = DivideUp(geometry.GroupOutputChannels, kernel.TileRows);
        _inputStride = DivideUp(geometry.InputChannels, kernel.VectorWidth) * kernel.VectorWidth;
        _outputStride = DivideUp(geometry.OutputChannels, kernel.VectorWidth) * kernel.VectorWidth;

        // A line more than the samples need: positions a power of two apart would fall on the same few lines of a cache.
        _inputPosition = (geometry.Batch * _inputStride) + Line;
        _outputPosition = (geometry.Batch * _outputStride) + Line;
        _x = x;
        _dy = dy;
        _dw = dw;
        _accumulates = accumulates;
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* x, T* dy, T* dw, bool accumulates, WorkerPool workers) =>
        new LaneWeightGradient<T>(kernel, in geometry, x, dy, dw, accumulates).Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int units = _phase switch
        {
            0 => _geometry.Batch,
            1 => _geometry.Groups * _panels.Count * _geometry.KernelArea * _rowTiles,
            _ => _geometry.OutputChannels,
        };
        int from = (int)((long)units * part / partCount);
        int to = (int)((long)units * (part + 1) / partCount);
        switch (_phase)
        {
            case 0:
                Arrange(from, to);
                break;
            case 1:
                Multiply(from, to);
                break;
            default:
                CopyOut(from, to);
                break;
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        long work = (long)g.OutputChannels * g.GroupInputChannels * g.KernelArea * g.OutputArea * g.Batch;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);

        // A panel of the last group may read as far as a vector beyond the last channel.
        nint slack = _kernel.VectorWidth;
        nint input = ((nint)g.InputArea * _inputPosition) + slack;
        nint output = (nint)g.OutputArea * _outputPosition;
        nint sums = (nint)g.KernelArea * g.OutputChannels * _panels.PaddedColumns;
        sums += (-(input + output + sums)) & 15;
        _input = CallScratch.Rent<T>(input + output + sums);
        new Span<T>(_input + input - slack, (int)slack).Clear();
        _output = _input + input;
        _sums = _output + output;
        TapTable table = TapTable.Get(in g, TapTable.Order.Kernel, _outputPosition, _inputPosition);
        _segments = table.Pairs;
        _starts = table.Starts;
        for (_phase = 0; _phase < 3; _phase++)
        {
            workers.Run(ref this, threads);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Arrange(int from, int to)
    {
        nint input = (nint)_geometry.InputChannels * _geometry.InputArea;
        nint output = (nint)_geometry.OutputChannels * _geometry.OutputArea;
        for (int n = from; n < to; n++)
        {
            _kernel.Transpose(_x + (n * input), _geometry.InputArea, _geometry.InputArea, _geometry.InputChannels, _input + ((nint)n * _inputStride), _inputStride, _inputPosition);
            _kernel.Transpose(_dy + (n * output), _geometry.OutputArea, _geometry.OutputArea, _geometry.OutputChannels, _output + ((nint)n * _outputStride), _outputStride, _outputPosition);
        }
    }

    // Tiles [from, to), numbered by group, panel of input channels, tap and, fastest, tile of output channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int from, int to)
    {
        int chunk = Math.Max(1, ChunkDepth / _geometry.Batch);
        int longest = 0;
        for (int tap = 0; tap < _geometry.KernelArea; tap++)
        {
            longest = Math.Max(longest, _starts[tap + 1] - _starts[tap]);
        }

        GemmTile<T> tile = default;
        tile.ARowStride = 1;
        tile.AColumnStride = _outputStride;
        tile.BRowStride = _inputStride;
        tile.CRowStride = _panels.PaddedColumns;
        tile.Alpha = T.One;
        tile.Beta = T.One;
        for (int begin = 0; begin == 0 || begin < longest; begin += chunk)
        {
            tile.ReadsC = begin > 0;
            for (int unit = from; unit < to; unit++)
            {
                int rowTile = unit % _rowTiles;
                int tap = unit / _rowTiles % _geometry.KernelArea;
                int panel = unit / _rowTiles / _geometry.KernelArea % _panels.Count;
                int group = unit / _rowTiles / _geometry.KernelArea / _panels.Count;
                int start = _starts[tap] + begin;
                tile.SegmentCount = Math.Min(chunk, _starts[tap + 1] - start);
                if (tile.SegmentCount <= 0 && begin > 0)
                {
                    continue;
                }

                tile.Segments = tile.SegmentCount <= 0 ? null : _segments + (2 * (nint)start);
                tile.Depth = tile.SegmentCount <= 0 ? 0 : _geometry.Batch;
                int row = rowTile * _kernel.TileRows;
                int column = _panels.Start(panel);
                tile.Rows = Math.Min(_kernel.TileRows, _geometry.GroupOutputChannels - row);
                int channel = (group * _geometry.GroupOutputChannels) + row;
                tile.A = _output + channel;
                tile.B = _input + ((nint)group * _geometry.GroupInputChannels) + column;
                tile.C = _sums + ((((nint)tap * _geometry.OutputChannels) + channel) * _panels.PaddedColumns) + column;
                _kernel.Compute(in tile, (_panels.Start(panel + 1) - column) / _kernel.VectorWidth);
            }
        }
    }

    // [tap, M, C/groups] to [M, C/groups, tap].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void CopyOut(int from, int to)
    {
        int taps = _geometry.KernelArea;
        int columns = _geometry.GroupInputChannels;
        for (int row = from; row < to; row++)
        {
            T* target = _dw + ((nint)row * columns * taps);
            for (int tap = 0; tap < taps; tap++)
            {
                T* source = _sums + ((((nint)tap * _geometry.OutputChannels) + row) * _panels.PaddedColumns);
                for (int c = 0; c < columns; c++)
                {
                    T* element = target + ((nint)c * taps) + tap;
                    *element = _accumulates ? *element + source[c] : source[c];
                }
            }
        }
    }
}

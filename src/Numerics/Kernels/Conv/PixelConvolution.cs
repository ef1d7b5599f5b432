using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A convolution with the output's positions across the lanes: a matrix product of the weights and of patches, which are copied for a panel of
/// positions at a time and used for all output channels while they are in a cache.
/// </summary>
/// <remarks>An element sums over taps and then channels, in one run of fused multiply-adds from zero.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct PixelConvolution<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of patches that are copied before they are multiplied. As many panels as this allows are swept for one tile of rows, so that the result is
    // written in long runs.
    private const int BlockBytes = 96 << 10;

    // An image up to this size is brought near as a whole: its channels are read in pieces too far apart for the processor to see them coming.
    private const int NearImageBytes = 256 << 10;

    private readonly GemmKernel<T> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly int _positions;
    private readonly int _depth;
    private readonly int _rowTiles;
    private readonly T* _x;
    private readonly T* _weights;
    private readonly T* _bias;
    private readonly T* _y;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private T* _arranged;
    private bool _isArranged;
    private int _rowParts;
    private int _panelsAtOnce;

    /// <summary>Describes one convolution; see <see cref="LaneConvolution{T}"/>.</summary>
    public PixelConvolution(
        GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* x, T* weights, bool isArranged, T* bias, T* y, bool accumulates, ActivationKind activation)
    {
        (_kernel, _geometry) = (kernel, geometry);
        _positions = geometry.OutputArea;
        _panels = GemmPanels.Create(kernel, _positions);
        _depth = geometry.GroupInputChannels * geometry.KernelArea;
        _rowTiles = DivideUp(geometry.GroupOutputChannels, kernel.TileRows);
        _x = x;
        _weights = weights;
        _bias = bias;
        _y = y;

        // Of one channel or one tap both arrangements are the same.
        _isArranged = isArranged || geometry.GroupInputChannels == 1 || geometry.KernelArea == 1;
        (_accumulates, _activation) = (accumulates, activation);
    }

    private readonly int Blocks => DivideUp(_panels.Count, _panelsAtOnce);

    private readonly int Units => _geometry.Batch * _geometry.Groups * Blocks;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(PixelConvolution<T> convolution, WorkerPool workers) => convolution.Run(workers);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke(int part, int partCount)
    {
        if (_rowParts == 0)
        {
            int channels = _geometry.OutputChannels;
            ConvolutionWeights.ToForward(_kernel, in _geometry, _weights, _arranged, (int)((long)channels * part / partCount), (int)((long)channels * (part + 1) / partCount));
            return;
        }

        int unitParts = partCount / _rowParts;
        int rowPart = part % _rowParts;
        int rowFrom = (int)((long)_rowTiles * rowPart / _rowParts) * _kernel.TileRows;
        int rowTo = Math.Min((int)((long)_rowTiles * (rowPart + 1) / _rowParts) * _kernel.TileRows, _geometry.GroupOutputChannels);
        int from = (int)((long)Units * (part / _rowParts) / unitParts);
        int to = (int)((long)Units * ((part / _rowParts) + 1) / unitParts);
        int widest = _kernel.TileVectors * _kernel.VectorWidth;
        T* ragged = ThreadScratch.Rent<T>((_kernel.NarrowTileRows * widest) + (_panelsAtOnce * _depth * widest) + PatchPacker<T>.Slack);
        T* patches = ragged + (_kernel.NarrowTileRows * widest);
        int* edges = stackalloc int[PatchPacker<T>.EdgeLength(in _geometry)];
        var packer = new PatchPacker<T>(in _geometry, _x + _geometry.InputLength, edges);
        int blocks = Blocks;
        for (int unit = from; unit < to; unit++)
        {
            int image = unit / blocks;
            int first = unit % blocks * _panelsAtOnce;
            int end = Math.Min(first + _panelsAtOnce, _panels.Count);
            Prefetch(image, first, end, rowFrom, rowTo, unit == from || first == 0);
            Pack(in packer, image, first, end, patches);
            for (int row = rowFrom; row < rowTo; row += _kernel.NarrowTileRows)
            {
                WorkLimits.Poll();
                for (int panel = first; panel < end; panel++)
                {
                    nint offset = (nint)(_panels.Start(panel) - _panels.Start(first)) * _depth;
                    Multiply(image, panel, row, Math.Min(row + _kernel.NarrowTileRows, rowTo), ragged, patches + offset);
                }
            }
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        long work = (long)_geometry.GroupOutputChannels * _depth * _positions * _geometry.Batch * _geometry.Groups;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        _arranged = _weights;
        if (!_isArranged)
        {
            _arranged = CallScratch.Rent<T>(_geometry.WeightLength);
            workers.Run(ref this, threads);
        }

        _panelsAtOnce = Math.Clamp(BlockBytes / (_depth * _kernel.TileVectors * _kernel.VectorWidth * sizeof(T)), 1, _panels.Count);
        if (_geometry.Batch * _geometry.Groups < 2 * threads)
        {
            _panelsAtOnce = Math.Min(_panelsAtOnce, DivideUp(_panels.Count, threads));
        }

        // Where there are few panels, threads share them by their rows, each with its own copy of the patches.
        int unitParts = Math.Min(threads, Units);
        _rowParts = threads > Units ? Math.Min(threads / unitParts, _rowTiles) : 1;
        if (threads > 1 && Units > 2 * threads)
        {
            unitParts = Math.Min(Units, 4 * threads);
        }

        workers.Run(ref this, unitParts * _rowParts);
        var values = new Span<T>(_y, _geometry.OutputLength);
        Activations.ApplyBeyondClamps(_activation, values, workers);
    }

    private readonly void Prefetch(int image, int panel, int panelEnd, int rowFrom, int rowTo, bool isNewImage)
    {
        nint imageLength = (nint)_geometry.GroupInputChannels * _geometry.InputArea;
        if (isNewImage && imageLength * sizeof(T) <= NearImageBytes)
        {
            CacheLines.Prefetch(_x + (image * imageLength), imageLength * sizeof(T));
        }

        int start = _panels.Start(panel);
        nint bytes = (nint)(Math.Min(_panels.Start(panelEnd), _positions) - start) * sizeof(T);
        T* y = _y + ((nint)image * _geometry.GroupOutputChannels * _positions) + start;
        for (int row = rowFrom; row < rowTo; row++)
        {
            CacheLines.Prefetch(y + ((nint)row * _positions), bytes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pack(in PatchPacker<T> packer, int image, int panel, int panelEnd, T* patches)
    {
        T* x = _x + ((nint)image * _geometry.GroupInputChannels * _geometry.InputArea);
        for (; panel < panelEnd; panel++)
        {
            int start = _panels.Start(panel);
            int width = _panels.Start(panel + 1) - start;
            packer.Pack(x, start, Math.Min(width, _positions - start), width, width, false, patches);
            patches += (nint)width * _depth;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int image, int panel, int rowFrom, int rowTo, T* ragged, T* patches)
    {
        int start = _panels.Start(panel);
        int width = _panels.Start(panel + 1) - start;
        int columns = Math.Min(width, _positions - start);
        int channel = image % _geometry.Groups * _geometry.GroupOutputChannels;
        GemmTile<T> tile = default;
        tile.ARowStride = _depth;
        tile.AColumnStride = 1;
        tile.B = patches;
        tile.BRowStride = width;
        tile.Depth = _depth;
        tile.Alpha = T.One;
        tile.Beta = T.One;
        tile.ReadsC = _accumulates;
        tile.Relu = Activations.IsRelu(_activation);
        tile.IsCapped = _activation == ActivationKind.Relu6;
        bool isRagged = columns < width;
        tile.CRowStride = isRagged ? width : _positions;
        int vectors = width / _kernel.VectorWidth;
        int narrowRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
        T* y = _y + ((nint)image * _geometry.GroupOutputChannels * _positions) + start;
        for (int row = rowFrom; row < rowTo; row += tile.Rows)
        {
            tile.Rows = rowTo - row >= narrowRows ? narrowRows : Math.Min(rowTo - row, _kernel.TileRows);
            tile.A = _arranged + ((nint)(channel + row) * _depth);
            tile.RowBias = _bias is null ? null : _bias + channel + row;
            T* target = y + ((nint)row * _positions);
            tile.C = isRagged ? ragged : target;
            for (int r = 0; isRagged && _accumulates && r < tile.Rows; r++)
            {
                new ReadOnlySpan<T>(target + ((nint)r * _positions), columns).CopyTo(new Span<T>(ragged + (r * width), columns));
            }

            _kernel.Compute(in tile, vectors);
            for (int r = 0; isRagged && r < tile.Rows; r++)
            {
                new ReadOnlySpan<T>(ragged + (r * width), columns).CopyTo(new Span<T>(target + ((nint)r * _positions), columns));
            }
        }
    }
}

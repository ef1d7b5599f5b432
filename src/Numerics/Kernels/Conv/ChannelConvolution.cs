using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A convolution with the output's channels across the lanes, for constant weights that are packed so: where there are too few positions to fill the lanes with them, and where copying patches would cost as much
/// as multiplying them. The input is copied once to [position, channel], with its padding, where what a row of the kernel meets is one run; the planes of a kernel of one element are read as they lie.
/// </summary>
/// <remarks>An element sums over taps and then channels, in one run of fused multiply-adds from zero: the same bits as <see cref="PixelConvolution{T}"/> and <see cref="PointwiseConvolution{T}"/> give.</remarks>
internal unsafe struct ChannelConvolution : IParallelBody
{
    // Positions that are computed before they are copied out: what is computed and its transpose stay in the first-level cache.
    private const int MostRows = 96;

    // Whole vectors of every kernel set.
    private const int Unit = 16;

    private readonly GemmKernel<float> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly GemmPanels _panels;
    private readonly PackedMatrix _weights;
    private readonly float* _x;
    private readonly float* _y;
    private readonly float* _bias;
    private readonly ActivationKind _activation;
    private readonly bool _readsPlanes;
    private readonly int _positions;
    private readonly int _positionStride;
    private readonly int _width;
    private readonly nint _imageStride;
    private float* _source;
    private float* _paddedBias;
    private nint* _offsets;
    private nint* _segments;
    private int _segmentCount;
    private int _segmentDepth;
    private int _blockRows;
    private bool _computes;

    private ChannelConvolution(in ConvolutionGeometry geometry, float* x, PackedMatrix weights, float* bias, float* y, ActivationKind activation)
    {
        (_kernel, _geometry, _weights, _activation) = (weights.Kernel, geometry, weights, activation);
        _panels = GemmPanels.Create(_kernel, geometry.OutputChannels);
        _x = x;
        _y = y;
        _bias = bias;
        _readsPlanes = geometry is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1, PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 };
        _positions = geometry.OutputArea;
        _width = geometry.InputWidth + geometry.PadLeft + geometry.PadRight;
        _positionStride = (geometry.InputChannels + Unit - 1) / Unit * Unit;
        _imageStride = _readsPlanes ? (nint)geometry.InputChannels * geometry.InputArea
            : (nint)(geometry.InputHeight + geometry.PadTop + geometry.PadBottom) * _width * _positionStride;
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    /// <param name="geometry">The sizes; a single group.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="weights">[taps · C, M], taps first, packed.</param>
    /// <param name="bias">One element a channel, or null.</param>
    /// <param name="y">The result, [N, M, OH, OW].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    public static void Run(in ConvolutionGeometry geometry, float* x, PackedMatrix weights, float* bias, float* y, ActivationKind activation, WorkerPool workers)
    {
        new ChannelConvolution(in geometry, x, weights, bias, y, activation).Run(workers);
        GC.KeepAlive(weights);
    }

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int units = _computes ? Blocks * _panels.Count : _geometry.Batch * DivideUp(_geometry.InputChannels, Unit);
        int to = (int)((long)units * (part + 1) / partCount);
        for (int unit = (int)((long)units * part / partCount); unit < to; unit++)
        {
            if (_computes)
            {
                Compute(unit / _panels.Count, unit % _panels.Count);
            }
            else
            {
                Arrange(unit / DivideUp(_geometry.InputChannels, Unit), unit % DivideUp(_geometry.InputChannels, Unit) * Unit);
            }
        }
    }

    private readonly int Blocks => DivideUp(_geometry.Batch * BlocksOfImage, ImagesOfBlock);

    // A block is some whole images, or a part of one.
    private readonly int ImagesOfBlock => Math.Max(1, _blockRows / _positions);

    private readonly int BlocksOfImage => DivideUp(_positions, _blockRows);

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        long work = (long)_geometry.OutputLength * _weights.Rows;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        bool mergesTaps = _geometry.DilationWidth == 1 && _positionStride == _geometry.InputChannels;
        _segmentCount = _readsPlanes ? 1 : mergesTaps ? _geometry.KernelHeight : _geometry.KernelArea;
        _segmentDepth = _weights.Rows / _segmentCount;
        nint tableBytes = ((((nint)_positions + (2 * _segmentCount)) * sizeof(nint)) + 63) & ~(nint)63;
        nint copied = _readsPlanes ? 0 : _geometry.Batch * _imageStride;
        byte* memory = CallScratch.Rent<byte>(tableBytes + ((copied + _panels.PaddedColumns) * sizeof(float)));
        _offsets = (nint*)memory;
        _segments = _offsets + _positions;
        _source = _readsPlanes ? _x : (float*)(memory + tableBytes);
        FillTables(mergesTaps);
        if (_bias is not null)
        {
            _paddedBias = (float*)(memory + tableBytes) + copied;
            new ReadOnlySpan<float>(_bias, _geometry.OutputChannels).CopyTo(new Span<float>(_paddedBias, _geometry.OutputChannels));
            new Span<float>(_paddedBias + _geometry.OutputChannels, _panels.PaddedColumns - _geometry.OutputChannels).Clear();
        }

        if (!_readsPlanes)
        {
            workers.Run(ref this, threads);
        }

        // Every thread needs something to do.
        _computes = true;
        _blockRows = MostRows;
        while (_blockRows > Unit && Blocks * _panels.Count < threads)
        {
            _blockRows = Math.Max(Unit, _blockRows / 2 / Unit * Unit);
        }

        int units = Blocks * _panels.Count;
        workers.Run(ref this, Math.Min(threads > 1 && units > 8 * threads ? 4 * threads : threads, units));
    }

    private readonly void FillTables(bool mergesTaps)
    {
        int index = 0;
        for (int row = 0; row < _geometry.OutputHeight; row++)
        {
            nint first = (nint)row * _geometry.StrideHeight * _width;
            for (int column = 0; column < _geometry.OutputWidth; column++)
            {
                _offsets[index] = _readsPlanes ? index : (first + ((nint)column * _geometry.StrideWidth)) * _positionStride;
                index++;
            }
        }

        for (int segment = 0; segment < _segmentCount; segment++)
        {
            int row = mergesTaps ? segment : segment / _geometry.KernelWidth;
            int column = mergesTaps ? 0 : segment % _geometry.KernelWidth;
            _segments[2 * segment] = (((nint)row * _geometry.DilationHeight * _width) + ((nint)column * _geometry.DilationWidth)) * _positionStride;
            _segments[(2 * segment) + 1] = (nint)segment * _segmentDepth;
        }
    }

    // Some channels of an image, to [position, channel]; what is beyond the last channel is not read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Arrange(int image, int channel)
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        float* target = _source + (image * _imageStride) + channel;
        float* planes = _x + ((((nint)image * g.InputChannels) + channel) * g.InputArea);
        int channels = Math.Min(Unit, g.InputChannels - channel);
        if ((g.PadTop | g.PadLeft | g.PadBottom | g.PadRight) == 0)
        {
            _kernel.Transpose(planes, g.InputArea, g.InputArea, channels, target, Unit, _positionStride);
            return;
        }

        Clear(target, g.PadTop * _width);
        target += (nint)g.PadTop * _width * _positionStride;
        for (int row = 0; row < g.InputHeight; row++)
        {
            Clear(target, g.PadLeft);
            target += (nint)g.PadLeft * _positionStride;
            _kernel.Transpose(planes + ((nint)row * g.InputWidth), g.InputArea, g.InputWidth, channels, target, Unit, _positionStride);
            target += (nint)g.InputWidth * _positionStride;
            Clear(target, g.PadRight);
            target += (nint)g.PadRight * _positionStride;
        }

        Clear(target, g.PadBottom * _width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Clear(float* target, int positions)
    {
        for (int position = 0; position < positions; position++)
        {
            new Span<float>(target, Unit).Clear();
            target += _positionStride;
        }
    }

    // Some positions of some images, a panel of channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute(int block, int panel)
    {
        int firstImage = block / BlocksOfImage * ImagesOfBlock;
        int images = Math.Min(ImagesOfBlock, _geometry.Batch - firstImage);
        int firstPosition = block % BlocksOfImage * _blockRows;
        int positions = Math.Min(_blockRows, _positions - firstPosition);
        int start = _panels.Start(panel);
        int width = _panels.Start(panel + 1) - start;
        float* sums = ThreadScratch.Rent<float>(2 * MostRows * _kernel.TileVectors * _kernel.VectorWidth);
        nint* offsets = stackalloc nint[_kernel.TileRows];
        GemmTile<float> tile = default;
        tile.A = _source + (firstImage * _imageStride);
        tile.AColumnStride = _readsPlanes ? _geometry.InputArea : 1;
        tile.RowOffsets = offsets;
        tile.B = _weights.Panels + ((nint)start * _weights.Rows);
        tile.BRowStride = width;
        tile.Depth = _segmentDepth;
        tile.C = sums;
        tile.CRowStride = width;
        tile.Bias = _bias is null ? null : _paddedBias + start;
        tile.Alpha = 1;
        tile.Relu = Activations.IsRelu(_activation);
        tile.IsCapped = _activation == ActivationKind.Relu6;

        // Offsets of B in a segment are in rows of its panel.
        nint* segments = stackalloc nint[2 * _segmentCount];
        for (int segment = 0; segment < _segmentCount; segment++)
        {
            segments[2 * segment] = _segments[2 * segment];
            segments[(2 * segment) + 1] = _segments[(2 * segment) + 1] * width;
        }

        tile.Segments = segments;
        tile.SegmentCount = _segmentCount;
        int rows = images * positions;
        nint image = 0;
        int position = firstPosition;
        for (int row = 0; row < rows; row += tile.Rows)
        {
            tile.Rows = _kernel.RowsOfTile(rows - row);
            for (int r = 0; r < tile.Rows; r++)
            {
                offsets[r] = image + _offsets[position];
                if (++position == firstPosition + positions)
                {
                    position = firstPosition;
                    image += _imageStride;
                }
            }

            _kernel.Compute(in tile, width / _kernel.VectorWidth);
            tile.C += (nint)tile.Rows * width;
        }

        Activations.ApplyBeyondClamps(_activation, new Span<float>(sums, rows * width), WorkerPool.Serial);
        for (int i = 0; i < images; i++)
        {
            float* y = _y + ((((nint)(firstImage + i) * _geometry.OutputChannels) + start) * _positions) + firstPosition;
            ChannelPlanes.CopyOut(
                _kernel, sums + ((nint)i * positions * width), width, positions, Math.Min(width, _geometry.OutputChannels - start), y, _positions, sums + (MostRows * width));
        }
    }
}

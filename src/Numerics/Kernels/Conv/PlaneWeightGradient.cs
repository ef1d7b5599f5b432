using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The gradient of the weights of a convolution with few input channels, and of its bias, from the gradient after the activation: scalar products of planes, with
/// the positions across the lanes. The input is copied once for every column of the kernel, as wide as the output, so that a tap's products
/// run over two planes from one end to the other; the activation's derivative and the bias are done where an output's plane is brought near.
/// </summary>
/// <remarks>A sum has sixteen places; it runs over the positions and samples of a chunk of samples by fused multiply-adds from zero, the places are added, and then the chunks in their order.</remarks>
internal unsafe struct PlaneWeightGradient : ILaneBody
{
    // Samples of a chunk: few enough to share the work of a batch among threads, many enough to add up sixteen places seldom.
    private const int ChunkSamples = 16;

    // Planes of some samples that stay in the first-level cache while the taps go over them.
    private const int NearBytes = 40 << 10;

    private readonly ConvolutionGeometry _geometry;
    private readonly ActivationKind _activation;
    private readonly int _taps;
    private readonly int _chunks;
    private readonly int _rowTiles;
    private readonly int _area;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _outputLength;
    private readonly int _shiftedLength;
    private readonly int _planeLength;
    private readonly void* _x;
    private readonly void* _y;
    private readonly void* _dy;
    private void* _shifted;
    private void* _sums;
    private bool _multiplies;

    private PlaneWeightGradient(in ConvolutionGeometry geometry, ActivationKind activation, void* x, void* y, void* dy)
    {
        (_geometry, _activation) = (geometry, activation);
        _x = x;
        _y = y;
        _dy = dy;
        _taps = geometry.InputChannels * geometry.KernelArea;
        _chunks = DivideUp(geometry.Batch, ChunkSamples);
        _rowTiles = DivideUp(geometry.OutputChannels, MaximumRows);
        _area = geometry.OutputArea;
        _columns = geometry.OutputWidth;
        _outputLength = WholeSums(_area);

        // What the last rows of the kernel read beyond the plane multiplies zeros, but must be there and finite.
        _rows = geometry.OutputHeight + ((geometry.KernelHeight - 1) * geometry.DilationHeight);
        _shiftedLength = WholeSums((_rows * _columns) + LaneSums.Count - 1);
        _planeLength = geometry.KernelWidth * _shiftedLength;
    }

    private static int MaximumRows => DotTile<float>.MaximumRows;

    /// <summary>Computes it.</summary>
    /// <param name="set">The kernels.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="activation">Whose derivative dy is multiplied by.</param>
    /// <param name="x">The images.</param>
    /// <param name="y">The output; not read where there is no activation.</param>
    /// <param name="dy">The gradient by the output.</param>
    /// <param name="dw">The gradient of the weights, or null.</param>
    /// <param name="accumulatesWeights">Whether to add to it.</param>
    /// <param name="db">The gradient of the bias, or null.</param>
    /// <param name="accumulatesBias">Whether to add to it.</param>
    /// <param name="workers">The threads.</param>
    public static void Run<T>(
        KernelSet set, in ConvolutionGeometry geometry, ActivationKind activation, T* x, T* y, T* dy, T* dw, bool accumulatesWeights, T* db, bool accumulatesBias, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var body = new PlaneWeightGradient(in geometry, activation, x, y, dy);
        int planes = geometry.Batch * geometry.InputChannels;
        int columns = body._taps + 1;
        nint shifted = (nint)planes * body._planeLength;
        T* memory = CallScratch.Rent<T>(shifted + ((nint)body._chunks * geometry.OutputChannels * columns));
        T* sums = memory + shifted;
        body._shifted = memory;
        body._sums = sums;
        LaneTraversal.Run<PlaneWeightGradient, T>(ref body, planes, Grain(body._planeLength), 1, set.Level, workers);
        body._multiplies = true;
        long work = (long)Math.Min(geometry.Batch, ChunkSamples) * MaximumRows * body._taps * geometry.OutputArea;
        LaneTraversal.Run<PlaneWeightGradient, T>(ref body, body._chunks * body._rowTiles, Grain(work), 1, set.Level, workers);
        for (int m = 0; m < geometry.OutputChannels; m++)
        {
            for (int tap = 0; tap < columns; tap++)
            {
                T total = T.Zero;
                for (int chunk = 0; chunk < body._chunks; chunk++)
                {
                    total += sums[((((nint)chunk * geometry.OutputChannels) + m) * columns) + tap];
                }

                T* target = tap < body._taps ? dw + ((nint)m * body._taps) + tap : db + m;
                if ((tap < body._taps ? dw : db) is not null)
                {
                    *target = (tap < body._taps ? accumulatesWeights : accumulatesBias) ? *target + total : total;
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!_multiplies)
        {
            for (int plane = start; plane < end; plane++)
            {
                Shift<TLanes, TElement>((TElement*)_x + ((nint)plane * _geometry.InputArea), (TElement*)_shifted + ((nint)plane * _planeLength));
            }

            return;
        }

        int sumRow = (_taps + 1) * LaneSums.Count;
        int sampleLength = MaximumRows * _outputLength;
        int samplesAtOnce = Math.Clamp(NearBytes / ((sampleLength + _planeLength) * sizeof(TElement)), 1, ChunkSamples);
        nint* segments = stackalloc nint[2 * ChunkSamples];
        for (int n = 0; n < ChunkSamples; n++)
        {
            segments[2 * n] = (nint)n * sampleLength;
            segments[(2 * n) + 1] = (nint)n * _geometry.InputChannels * _planeLength;
        }

        TElement* outputs = ThreadScratch.Rent<TElement>((samplesAtOnce * sampleLength) + (MaximumRows * sumRow));
        TElement* sums = outputs + (samplesAtOnce * sampleLength);
        new Span<TElement>(outputs, samplesAtOnce * sampleLength).Clear();
        for (int unit = start; unit < end; unit++)
        {
            int chunk = unit / _rowTiles;
            int channel = unit % _rowTiles * MaximumRows;
            int rows = Math.Min(MaximumRows, _geometry.OutputChannels - channel);
            int samplesEnd = Math.Min((chunk + 1) * ChunkSamples, _geometry.Batch);
            new Span<TElement>(sums, MaximumRows * sumRow).Clear();
            for (int first = chunk * ChunkSamples; first < samplesEnd; first += samplesAtOnce)
            {
                int samples = Math.Min(samplesAtOnce, samplesEnd - first);
                for (int n = 0; n < samples; n++)
                {
                    Derive<TLanes, TElement>(first + n, channel, rows, outputs + segments[2 * n], sums, sumRow);
                }

                Multiply<TLanes, TElement>(first, samples, segments, rows, outputs, sums, sumRow);
            }

            TElement* target = (TElement*)_sums + ((((nint)chunk * _geometry.OutputChannels) + channel) * (_taps + 1));
            for (int sum = 0; sum < rows * (_taps + 1); sum++)
            {
                target[sum] = LaneSums.Across<TLanes, TElement>(sums + ((nint)sum * LaneSums.Count));
            }
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private static int WholeSums(int length) => DivideUp(length, LaneSums.Count) * LaneSums.Count;

    // Units of so much work that are worth waking a thread for.
    private static int Grain(long work) => (int)Math.Min(int.MaxValue, ConvolutionPaths.MinimumWork / Math.Max(work, 1));

    // A copy of a plane for every column of the kernel: what the column meets at each column of the output, zeros where that is padding.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Shift<TLanes, TElement>(TElement* source, TElement* target)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int width = _geometry.InputWidth;
        int height = _geometry.InputHeight;
        bool isPadded = (_geometry.PadTop | _geometry.PadLeft | _geometry.PadBottom | _geometry.PadRight) != 0;
        for (int j = 0; j < _geometry.KernelWidth; j++, target += _shiftedLength)
        {
            int left = (j * _geometry.DilationWidth) - _geometry.PadLeft;
            int from = Math.Max(0, -left);
            int count = Math.Max(0, Math.Min(_columns, width - left) - from);
            int cleared = isPadded ? 0 : _rows * _columns;
            new Span<TElement>(target + cleared, _shiftedLength - cleared).Clear();
            for (int row = 0; row < _rows; row++)
            {
                int y = row - _geometry.PadTop;
                if ((uint)y < (uint)height)
                {
                    Copy<TLanes, TElement>(source + (y * width) + left + from, target + (row * _columns) + from, count);
                }
            }
        }
    }

    // Whole vectors, the last of which overlaps the one before it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TLanes, TElement>(TElement* source, TElement* target, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int last = count - TLanes.Count;
        if (last < 0)
        {
            TLanes.StorePartial(TLanes.LoadPartial(source, count, TLanes.Zero), target, count);
            return;
        }

        for (int i = 0; i < last; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in source[i]), ref target[i]);
        }

        TLanes.Store(TLanes.Load(in source[last]), ref target[last]);
    }

    // The planes of a tile's channels in one sample; the bias's sums are the last of each row.
    private readonly void Derive<TLanes, TElement>(int sample, int channel, int rows, TElement* outputs, TElement* sums, int sumRow)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        nint plane = (((nint)sample * _geometry.OutputChannels) + channel) * _area;
        for (int row = 0; row < rows; row++)
        {
            ActivationPlanes.Backward<TLanes, TElement>(
                _activation,
                (TElement*)_y + plane,
                (TElement*)_dy + plane,
                _area,
                outputs + (row * _outputLength),
                sums + (row * sumRow) + (_taps * LaneSums.Count));
            plane += _area;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply<TLanes, TElement>(int sample, int samples, nint* segments, int rows, TElement* outputs, TElement* sums, int sumRow)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int kernelWidth = _geometry.KernelWidth;
        int pieces = DivideUp(kernelWidth, DotTile<TElement>.MaximumColumns);
        DotTile<TElement> tile = default;
        tile.A = outputs;
        tile.ARowStride = _outputLength;
        tile.BColumnStride = _shiftedLength;
        tile.Segments = segments;
        tile.SegmentCount = samples;
        tile.Length = _outputLength;
        tile.SumRowStride = sumRow;
        tile.Rows = rows;
        for (int c = 0; c < _geometry.InputChannels; c++)
        {
            TElement* plane = (TElement*)_shifted + ((((nint)sample * _geometry.InputChannels) + c) * _planeLength);
            for (int i = 0; i < _geometry.KernelHeight; i++)
            {
                for (int piece = 0; piece < pieces; piece++)
                {
                    int j = kernelWidth * piece / pieces;
                    tile.Columns = (kernelWidth * (piece + 1) / pieces) - j;
                    tile.B = plane + (j * _shiftedLength) + (i * _geometry.DilationHeight * _columns);
                    tile.Sums = sums + (((((c * _geometry.KernelHeight) + i) * kernelWidth) + j) * LaneSums.Count);
                    DotTile<TElement>.Add<TLanes>(in tile);
                }
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The transpose of a 3×3 convolution of stride 1 by the transpose of <see cref="WinogradTransforms"/>, with the samples of a batch across the lanes: a tile of 4×4 gradients
/// becomes 36 frequencies, whose products with the weights become 6×6 gradients of the input; tiles add up where they overlap. For where the input has more tiles
/// than the output.
/// </summary>
/// <remarks>Rows of tiles are added from the top, the tiles of a row from the left.</remarks>
internal unsafe struct WinogradInputGradient : IParallelBody, ILaneBody
{
    private const int Samples = WinogradConvolution.Samples;
    private const int Outputs = WinogradTransforms.Outputs;
    private const int Inputs = WinogradTransforms.Inputs;
    private const int Overlap = Inputs - Outputs;

    // As many as a register tile is wide.
    private const int TilesAtOnce = 3;

    // Channels of the result that are multiplied before they are transformed back, so that they stay in the second-level cache.
    private const int RowBlock = 32;

    private readonly GemmKernel<float> _kernel;
    private readonly KernelLevel _level;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _tileRows;
    private readonly int _tileColumns;
    private readonly int _panels;
    private readonly int _rows;
    private readonly int _depth;
    private readonly float* _source;
    private readonly float* _bias;
    private readonly float* _result;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private readonly WinogradFilter _filter;
    private int _panelsAtOnce;
    private int _pieces;
    private bool _computes;

    /// <summary>Describes one; see <see cref="LaneConvolution{T}"/>.</summary>
    public WinogradInputGradient(
        KernelSet set, in ConvolutionGeometry geometry, float* source, float* weights, float* bias, float* result, bool accumulates, ActivationKind activation)
    {
        (_kernel, _level, _geometry) = (set.SingleGemm, set.Level, geometry);
        _tileRows = DivideUp(geometry.OutputHeight, Outputs);
        _tileColumns = DivideUp(geometry.OutputWidth, Outputs);
        _panels = DivideUp(geometry.Batch, Samples);
        (_rows, _depth) = (geometry.InputChannels, geometry.OutputChannels);
        _source = source;
        _bias = bias;
        _result = result;
        (_accumulates, _activation) = (accumulates, activation);
        _filter = new WinogradFilter(_kernel, in geometry, weights, isArranged: false, isTransposed: true, isTurned: false);
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(WinogradInputGradient gradient, WorkerPool workers) => gradient.Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int units = _computes ? DivideUp(_panels, _panelsAtOnce) * _pieces : _rows;
        WinogradInputGradient body = this;
        LaneTraversal.Dispatch<WinogradInputGradient, float>(ref body, (int)((long)units * part / partCount), (int)((long)units * (part + 1) / partCount), _level);
    }

    /// <summary>Transforms the weights of rows [start, end), or computes pieces [start, end).</summary>
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!_computes)
        {
            _filter.Transform<TLanes, TElement>(start, end);
            return;
        }

        for (int unit = start; unit < end; unit++)
        {
            WorkLimits.Poll();
            int piece = unit % _pieces;
            Compute<TLanes, TElement>(unit / _pieces * _panelsAtOnce, _tileRows * piece / _pieces, _tileRows * (piece + 1) / _pieces);
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        long work = (long)_rows * _depth * WinogradTransforms.Frequencies * _panels * _tileRows * _tileColumns * Samples;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        workers.Run(ref this, Math.Min(threads, _rows));

        // Panels of samples, evenly, and where they are too few for the threads, rows of tiles; each piece but the first does the row above it once more.
        int units = DivideUp(_panels, Math.Max(1, Math.Min(TilesAtOnce / _tileColumns, _panels / threads)));
        _panelsAtOnce = DivideUp(_panels, units);
        units = DivideUp(_panels, _panelsAtOnce);
        _pieces = Math.Clamp(DivideUp(threads, units), 1, _tileRows);
        _computes = true;
        workers.Run(ref this, units * _pieces);
    }

    // Rows of tiles [from, to) of a few panels of samples.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute<TLanes, T>(int firstPanel, int from, int to)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int panels = Math.Min(_panelsAtOnce, _panels - firstPanel);
        int panelWidth = _tileColumns * Samples;
        int columns = panels * panelWidth;
        int rowBlock = Math.Min(RowBlock, _rows);
        int width = _geometry.InputWidth * Samples;
        nint sourceStride = WinogradTransforms.Stride((nint)_depth * columns);
        nint productStride = WinogradTransforms.Stride((nint)rowBlock * columns);
        nint source = WinogradTransforms.Frequencies * sourceStride;
        nint product = WinogradTransforms.Frequencies * productStride;
        nint carried = (nint)panels * _rows * Overlap * width;
        nint pixels = Math.Max((((Outputs + 1) * (nint)_geometry.OutputWidth) + Samples) * Samples, DivideUp(Inputs * _geometry.InputWidth, Samples) * Samples * Samples);
        nint sums = Inputs * (nint)width;
        float* memory = ThreadScratch.Rent<float>(checked((int)(source + product + carried + pixels + sums + WinogradTransforms.Between)));
        float* products = memory + source;
        float* carry = products + product;
        float* pixel = carry + carried;
        float* sum = pixel + pixels;
        float* between = sum + sums;
        for (int line = Math.Max(0, from - 1); line < to; line++)
        {
            for (int panel = 0; panel < panels; panel++)
            {
                TransformSource<TLanes, T>(firstPanel + panel, line, memory + (panel * panelWidth), columns, sourceStride, pixel, between);
            }

            for (int row = 0; row < _rows; row += rowBlock)
            {
                int rows = Math.Min(rowBlock, _rows - row);
                _filter.Multiply(row, rows, columns, memory, sourceStride, products, productStride);
                for (int r = 0; r < panels * rows; r++)
                {
                    int panel = r / rows;
                    int channel = row + (r % rows);
                    float* over = carry + ((((nint)panel * _rows) + channel) * Overlap * width);
                    Add<TLanes, T>(channel, line == 0, products + ((nint)(r % rows) * columns) + (panel * panelWidth), productStride, over, sum, between);
                    if (line >= from)
                    {
                        CopyOut<TLanes, T>(firstPanel + panel, line, channel, sum, pixel);
                    }
                }
            }
        }
    }

    // A row of tiles, for all channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformSource<TLanes, T>(int panel, int line, float* target, int columns, nint stride, float* pixels, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstSample = panel * Samples;
        int samples = Math.Min(Samples, _geometry.Batch - firstSample);
        int top = line * Outputs;
        int width = _geometry.OutputWidth;
        int height = Math.Min(Outputs, _geometry.OutputHeight - top);
        nint plane = _geometry.OutputArea;
        nint sample = _depth * plane;
        float* zeros = pixels + (((Outputs * (nint)width) + Samples) * Samples);
        new Span<float>(zeros, width * Samples).Clear();
        float** rows = stackalloc float*[Outputs];
        for (int i = 0; i < Outputs; i++)
        {
            rows[i] = i < height ? pixels + (i * (nint)width * Samples) : zeros;
        }

        for (int channel = 0; channel < _depth; channel++)
        {
            float* first = _source + (firstSample * sample) + (channel * plane) + ((nint)top * width);
            for (int n = 0; n < samples && channel + 1 < _depth; n++)
            {
                CacheLines.Prefetch(first + (n * sample) + plane, (nint)height * width * sizeof(float));
            }

            int depth = WinogradTransforms.WholeVectors(height * width, sample - (channel * plane) - ((nint)top * width));
            _kernel.Transpose(first, sample, depth, samples, pixels, Samples, Samples);
            for (int tile = 0; tile < _tileColumns; tile++)
            {
                int column = tile * Outputs;
                for (int lane = 0; lane < Samples; lane += TLanes.Count)
                {
                    WinogradTransforms.OutputGradient<TLanes, T>(
                        (T**)rows, Samples, width - column, ((nint)column * Samples) + lane, (T*)between, (T*)(target + (tile * Samples) + lane), stride);
                }
            }

            target += columns;
        }
    }

    // The six rows of the result that a row of tiles reaches: sums begins with what the row above left in carry, and leaves there what the row below shares.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Add<TLanes, T>(int channel, bool isFirst, float* products, nint stride, float* carry, float* sums, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = _geometry.InputWidth;
        int rowLength = width * Samples;
        float bias = _bias is null ? 0 : _bias[channel];
        int continued = isFirst ? 0 : Overlap * rowLength;
        new Span<float>(carry, continued).CopyTo(new Span<float>(sums, continued));
        new Span<float>(sums + continued, (Inputs * rowLength) - continued).Fill(bias);
        for (int tile = 0; tile < _tileColumns; tile++)
        {
            int column = (tile * Outputs) - _geometry.PadLeft;
            for (int lane = 0; lane < Samples; lane += TLanes.Count)
            {
                WinogradTransforms.AddInputGradient<TLanes, T>(
                    (T*)(products + (tile * Samples) + lane), stride, (T*)between, (T*)(sums + ((nint)column * Samples) + lane), rowLength, Samples, -column, width - column);
            }
        }

        new Span<float>(sums + (Outputs * rowLength), Overlap * rowLength).CopyTo(new Span<float>(carry, Overlap * rowLength));
    }

    // The rows that no row of tiles below reaches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void CopyOut<TLanes, T>(int panel, int line, int channel, float* sums, float* transposed)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstSample = panel * Samples;
        int samples = Math.Min(Samples, _geometry.Batch - firstSample);
        int top = (line * Outputs) - _geometry.PadTop;
        int from = Math.Max(top, 0);
        int to = Math.Min(top + (line == _tileRows - 1 ? Inputs : Outputs), _geometry.InputHeight);
        if (from >= to)
        {
            return;
        }

        int width = _geometry.InputWidth;
        int positions = (to - from) * width;
        nint plane = _geometry.InputArea;
        nint sample = _rows * plane;
        float* target = _result + (firstSample * sample) + (channel * plane) + ((nint)from * width);
        for (int n = 0; n < samples; n++)
        {
            CacheLines.Prefetch(target + (n * sample), (nint)positions * sizeof(float));
        }

        float* first = sums + ((nint)(from - top) * width * Samples);
        Activate(first, positions * Samples);
        int distance = DivideUp(positions, Samples) * Samples;
        _kernel.Transpose(first, Samples, samples, positions, transposed, distance, distance);
        for (int n = 0; n < samples; n++)
        {
            WinogradTransforms.Copy<TLanes, T>((T*)(transposed + (n * distance)), (T*)(target + (n * sample)), positions, _accumulates);
        }
    }

    private readonly void Activate(float* values, int length)
    {
        var span = new Span<float>(values, length);
        Activations.ApplyWhole(_activation, span, WorkerPool.Serial);
    }
}

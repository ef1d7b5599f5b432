using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The gradient of a 3×3 convolution's weights by <see cref="WinogradTransforms"/>, with channels across the lanes: dW = Gᵀ·[Σ (A·dy·Aᵀ) ⊙ (Bᵀ·x·B)]·G, summed over the tiles
/// of all samples, where each frequency is a matrix product whose k runs over the tiles.
/// </summary>
/// <remarks>The tiles are cut into chunks and these into strips by the geometry alone; an element sums over a strip by fused multiply-adds from zero, the strips of a chunk are added in
/// their order, and then the chunks.</remarks>
internal unsafe struct WinogradWeightGradient : IParallelBody, ILaneBody
{
    private const int Lanes = 16;

    // Transformed tiles of both operands that are made before they are multiplied.
    private const int StripBytes = 448 << 10;
    private const int LeastStrip = 12;
    private const int LongestStrip = 128;

    // Each chunk has its own sums, which must be few beside the products that go into them.
    private const int LeastChunk = 128;
    private const int LeastChunks = 2;
    private const int MostChunks = 8;

    private readonly GemmKernel<float> _kernel;
    private readonly KernelLevel _level;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _tileColumns;
    private readonly int _tileRows;
    private readonly int _lines;
    private readonly int _linesAtOnce;
    private readonly int _chunks;
    private readonly int _inputStride;
    private readonly int _outputStride;
    private readonly nint _sumStride;
    private readonly float* _x;
    private readonly float* _dy;
    private readonly float* _dw;
    private readonly bool _accumulates;
    private float* _sums;
    private bool _finishes;

    private WinogradWeightGradient(KernelSet set, in ConvolutionGeometry geometry, float* x, float* dy, float* dw, bool accumulates)
    {
        (_kernel, _level, _geometry) = (set.SingleGemm, set.Level, geometry);
        _tileRows = DivideUp(geometry.OutputHeight, WinogradTransforms.Outputs);
        _tileColumns = DivideUp(geometry.OutputWidth, WinogradTransforms.Outputs);
        _lines = geometry.Batch * _tileRows;
        _inputStride = DivideUp(geometry.InputChannels, Lanes) * Lanes;
        _outputStride = DivideUp(geometry.OutputChannels, Lanes) * Lanes;
        _sumStride = WinogradTransforms.Stride((nint)geometry.OutputChannels * _inputStride);
        int strip = Math.Clamp(StripBytes / (WinogradTransforms.Frequencies * (_inputStride + _outputStride) * sizeof(float)), LeastStrip, LongestStrip);
        _linesAtOnce = Math.Max(1, strip / _tileColumns);
        _chunks = Math.Min(_lines, Math.Clamp(_lines * _tileColumns / LeastChunk, LeastChunks, MostChunks));
        _x = x;
        _dy = dy;
        _dw = dw;
        _accumulates = accumulates;
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(KernelSet set, in ConvolutionGeometry geometry, float* x, float* dy, float* dw, bool accumulates, WorkerPool workers) =>
        new WinogradWeightGradient(set, in geometry, x, dy, dw, accumulates).Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int units = _finishes ? _geometry.OutputChannels : _chunks;
        WinogradWeightGradient body = this;
        LaneTraversal.Dispatch<WinogradWeightGradient, float>(ref body, (int)((long)units * part / partCount), (int)((long)units * (part + 1) / partCount), _level);
    }

    /// <summary>Sums chunks [start, end), or finishes the gradients of output channels [start, end).</summary>
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (_finishes)
        {
            Finish<TLanes, TElement>(start, end);
            return;
        }

        for (int chunk = start; chunk < end; chunk++)
        {
            int from = (int)((long)_lines * chunk / _chunks);
            int to = (int)((long)_lines * (chunk + 1) / _chunks);
            int strips = DivideUp(to - from, _linesAtOnce);
            for (int strip = 0; strip < strips; strip++)
            {
                int lines = to - from;
                Compute<TLanes, TElement>(from + (lines * strip / strips), from + (lines * (strip + 1) / strips), _sums + (chunk * WinogradTransforms.Frequencies * _sumStride), strip > 0);
            }
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private void Run(WorkerPool workers)
    {
        long work = (long)_inputStride * _outputStride * WinogradTransforms.Frequencies * _lines * _tileColumns;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        _sums = CallScratch.Rent<float>(_chunks * WinogradTransforms.Frequencies * _sumStride);
        workers.Run(ref this, Math.Min(threads, _chunks));
        _finishes = true;
        workers.Run(ref this, Math.Min(threads, _geometry.OutputChannels));
    }

    // The products of the tiles of lines [from, to).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Compute<TLanes, T>(int from, int to, float* sums, bool adds)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int depth = (to - from) * _tileColumns;
        int pixelsWidth = Math.Max(_geometry.InputWidth * _inputStride, _geometry.OutputWidth * _outputStride);
        int slack = Lanes * Math.Max(_inputStride, _outputStride);
        nint inputStride = WinogradTransforms.Stride((nint)depth * _inputStride);
        nint outputStride = WinogradTransforms.Stride((nint)depth * _outputStride);
        nint input = WinogradTransforms.Frequencies * inputStride;
        nint output = WinogradTransforms.Frequencies * outputStride;
        nint pixels = ((WinogradTransforms.Inputs + 1) * (nint)pixelsWidth) + slack;
        float* memory = ThreadScratch.Rent<float>(checked((int)(input + output + pixels + WinogradTransforms.Between)));
        float* gradients = memory + input;
        float* pixel = gradients + output;
        float* zeros = pixel + (WinogradTransforms.Inputs * (nint)pixelsWidth) + slack;
        float* between = pixel + pixels;
        new Span<float>(zeros, pixelsWidth).Clear();
        for (int line = from; line < to; line++)
        {
            nint tile = (nint)(line - from) * _tileColumns;
            TransformInput<TLanes, T>(line, memory + (tile * _inputStride), inputStride, pixel, zeros, between);
            TransformGradient<TLanes, T>(line, gradients + (tile * _outputStride), outputStride, pixel, zeros, between);
        }

        Multiply(depth, memory, inputStride, gradients, outputStride, sums, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformInput<TLanes, T>(int line, float* target, nint stride, float* pixels, float* zeros, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int top = (line % _tileRows * WinogradTransforms.Outputs) - _geometry.PadTop;
        int width = _geometry.InputWidth;
        int fromRow = Math.Clamp(top, 0, _geometry.InputHeight);
        int toRow = Math.Clamp(top + WinogradTransforms.Inputs, fromRow, _geometry.InputHeight);
        float** rows = stackalloc float*[WinogradTransforms.Inputs];
        for (int i = 0; i < WinogradTransforms.Inputs; i++)
        {
            int row = top + i;
            rows[i] = row >= fromRow && row < toRow ? pixels + ((row - fromRow) * (nint)width * _inputStride) : zeros;
        }

        float* image = _x + ((nint)(line / _tileRows) * _geometry.InputChannels * _geometry.InputArea);
        int depth = WinogradTransforms.WholeVectors((toRow - fromRow) * width, _geometry.InputArea - (fromRow * width));
        _kernel.Transpose(image + ((nint)fromRow * width), _geometry.InputArea, depth, _geometry.InputChannels, pixels, _inputStride, _inputStride);
        for (int tile = 0; tile < _tileColumns; tile++)
        {
            int column = (tile * WinogradTransforms.Outputs) - _geometry.PadLeft;
            for (int channel = 0; channel < _inputStride; channel += TLanes.Count)
            {
                WinogradTransforms.Input<TLanes, T>(
                    (T**)rows, _inputStride, -column, width - column, ((nint)column * _inputStride) + channel, (T*)between, (T*)(target + channel), stride);
            }

            target += _inputStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformGradient<TLanes, T>(int line, float* target, nint stride, float* pixels, float* zeros, float* between)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int top = line % _tileRows * WinogradTransforms.Outputs;
        int width = _geometry.OutputWidth;
        int height = Math.Min(WinogradTransforms.Outputs, _geometry.OutputHeight - top);
        float** rows = stackalloc float*[WinogradTransforms.Outputs];
        for (int i = 0; i < WinogradTransforms.Outputs; i++)
        {
            rows[i] = i < height ? pixels + (i * (nint)width * _outputStride) : zeros;
        }

        float* image = _dy + ((nint)(line / _tileRows) * _geometry.OutputChannels * _geometry.OutputArea);
        int depth = WinogradTransforms.WholeVectors(height * width, _geometry.OutputArea - (top * width));
        _kernel.Transpose(image + ((nint)top * width), _geometry.OutputArea, depth, _geometry.OutputChannels, pixels, _outputStride, _outputStride);
        for (int tile = 0; tile < _tileColumns; tile++)
        {
            int column = tile * WinogradTransforms.Outputs;
            for (int channel = 0; channel < _outputStride; channel += TLanes.Count)
            {
                WinogradTransforms.OutputGradient<TLanes, T>(
                    (T**)rows, _outputStride, width - column, ((nint)column * _outputStride) + channel, (T*)between, (T*)(target + channel), stride);
            }

            target += _outputStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int depth, float* input, nint inputStride, float* gradients, nint outputStride, float* sums, bool adds)
    {
        GemmPanels panels = GemmPanels.Create(_kernel, _geometry.InputChannels);
        GemmTile<float> tile = default;
        tile.ARowStride = 1;
        tile.AColumnStride = _outputStride;
        tile.BRowStride = _inputStride;
        tile.Depth = depth;
        tile.Alpha = 1;
        tile.Beta = 1;
        tile.ReadsC = adds;
        int rows = _geometry.OutputChannels;
        for (int frequency = 0; frequency < WinogradTransforms.Frequencies; frequency++)
        {
            for (int panel = 0; panel < panels.Count; panel++)
            {
                int start = panels.Start(panel);
                int width = panels.Start(panel + 1) - start;
                int vectors = width / _kernel.VectorWidth;
                int tileRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
                tile.B = input + (frequency * inputStride) + start;
                tile.CRowStride = width;
                float* target = sums + (frequency * _sumStride) + ((nint)rows * start);
                for (int row = 0; row < rows; row += tile.Rows)
                {
                    tile.Rows = rows - row >= tileRows ? tileRows : Math.Min(rows - row, _kernel.TileRows);
                    tile.A = gradients + (frequency * outputStride) + row;
                    tile.C = target + ((nint)row * width);
                    _kernel.Compute(in tile, vectors);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish<TLanes, T>(int from, int to)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Taps = WinogradWeightTransforms.Taps;
        int channels = _geometry.InputChannels;
        GemmPanels panels = GemmPanels.Create(_kernel, channels);
        float* memory = ThreadScratch.Rent<float>(((Taps + Lanes) * _inputStride) + WinogradTransforms.Between);
        float* transposed = memory + (Taps * _inputStride);
        float* between = transposed + (Lanes * _inputStride);
        for (int row = from; row < to; row++)
        {
            for (int panel = 0; panel < panels.Count; panel++)
            {
                int first = panels.Start(panel);
                int width = panels.Start(panel + 1) - first;
                float* sums = _sums + ((nint)_geometry.OutputChannels * first) + ((nint)row * width);
                for (int channel = 0; channel < width; channel += TLanes.Count)
                {
                    WinogradWeightTransforms.WeightGradient<TLanes, T>(
                        (T*)(sums + channel), _sumStride, _chunks, WinogradTransforms.Frequencies * _sumStride, (T*)between, (T*)(memory + first + channel), _inputStride);
                }
            }

            _kernel.Transpose(memory, _inputStride, channels, Taps, transposed, Lanes, Lanes);
            float* target = _dw + ((nint)row * channels * Taps);
            for (int channel = 0; channel < channels; channel++)
            {
                WinogradTransforms.Copy<TLanes, T>((T*)(transposed + (channel * Lanes)), (T*)(target + (channel * Taps)), Taps, _accumulates);
            }
        }
    }
}

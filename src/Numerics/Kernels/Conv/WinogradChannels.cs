using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A 3×3 convolution of stride 1 by <see cref="WinogradTransforms"/> with channels across the lanes, for few samples and constant weights, which are packed transformed. Tiles are transformed to
/// [frequency, tile, channel of the input]; each frequency is a product with its weights to [frequency, tile, channel of the output], which is transformed back.
/// </summary>
/// <remarks>An element's products are summed over the channels of the input, in one run of fused multiply-adds from zero a frequency. A tile that has an infinite input is NaN.</remarks>
internal unsafe struct WinogradChannels : IParallelBody, ILaneBody
{
    // Channels that are transformed together; whole vectors of every kernel set.
    private const int Unit = 16;

    private readonly ConvolutionGeometry _geometry;
    private readonly WinogradPanels _weights;
    private readonly GemmKernel<float> _kernel;
    private readonly GemmPanels _panels;
    private readonly KernelLevel _level;
    private readonly float* _x;
    private readonly float* _bias;
    private readonly float* _y;
    private readonly ActivationKind _activation;
    private readonly int _tileRows;
    private readonly int _tileColumns;
    private readonly int _rows;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly nint _tileStride;
    private readonly nint _productStride;
    private readonly float* _tiles;
    private readonly float* _products;
    private Phase _phase;

    private WinogradChannels(in ConvolutionGeometry geometry, KernelSet set, WinogradPanels weights, float* x, float* bias, float* y, ActivationKind activation)
    {
        (_geometry, _weights, _kernel, _level, _activation) = (geometry, weights, set.SingleGemm, set.Level, activation);
        _panels = GemmPanels.Create(_kernel, geometry.OutputChannels);
        _x = x;
        _bias = bias;
        _y = y;
        _tileRows = DivideUp(geometry.OutputHeight, WinogradTransforms.Outputs);
        _tileColumns = DivideUp(geometry.OutputWidth, WinogradTransforms.Outputs);
        _rows = geometry.Batch * _tileRows * _tileColumns;
        _inputs = DivideUp(geometry.InputChannels, Unit) * Unit;
        _outputs = DivideUp(geometry.OutputChannels, Unit) * Unit;
        _tileStride = WinogradTransforms.Stride((nint)_rows * _inputs);
        _productStride = WinogradTransforms.Stride((nint)_rows * _outputs);
        _tiles = CallScratch.Rent<float>(WinogradTransforms.Frequencies * (_tileStride + _productStride));
        _products = _tiles + (WinogradTransforms.Frequencies * _tileStride);
    }

    private enum Phase
    {
        TransformInput,
        Multiply,
        TransformOutput,
    }

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    /// <param name="geometry">The sizes.</param>
    /// <param name="set">The kernels for which the weights are packed.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="bias">One element a channel, or null.</param>
    /// <param name="y">The result, [N, M, OH, OW].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    public static void Run(in ConvolutionGeometry geometry, KernelSet set, WinogradPanels weights, float* x, float* bias, float* y, ActivationKind activation, WorkerPool workers)
    {
        var body = new WinogradChannels(in geometry, set, weights, x, bias, y, activation);
        long work = (long)body._rows * WinogradTransforms.Frequencies * geometry.InputChannels * geometry.OutputChannels;
        int threads = (int)Math.Clamp(work / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        for (Phase phase = Phase.TransformInput; phase <= Phase.TransformOutput; phase++)
        {
            body._phase = phase;
            workers.Run(ref body, Math.Min(threads == 1 ? 1 : 2 * threads, body.Units));
        }

        GC.KeepAlive(weights);
    }

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        WinogradChannels body = this;
        LaneTraversal.Dispatch<WinogradChannels, float>(ref body, (int)((long)Units * part / partCount), (int)((long)Units * (part + 1) / partCount), _level);
    }

    /// <inheritdoc/>
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int unit = start; unit < end; unit++)
        {
            switch (_phase)
            {
                case Phase.TransformInput:
                    TransformInput<TLanes, TElement>(unit % _geometry.Batch, unit / _geometry.Batch * Unit);
                    break;
                case Phase.Multiply:
                    Multiply(unit);
                    break;
                default:
                    TransformOutput<TLanes, TElement>(unit % _geometry.Batch, unit / _geometry.Batch * Unit);
                    break;
            }
        }
    }

    private readonly int Units => _phase switch
    {
        Phase.TransformInput => _geometry.Batch * (_inputs / Unit),
        Phase.Multiply => WinogradTransforms.Frequencies,
        _ => _geometry.Batch * (_outputs / Unit),
    };

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    // Some channels of an image: to [position, channel] with zeros around, as much as whole tiles meet, and then tile by tile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformInput<TLanes, T>(int image, int channel)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int width = (_tileColumns * WinogradTransforms.Outputs) + 2;
        int height = (_tileRows * WinogradTransforms.Outputs) + 2;
        float* pixels = ThreadScratch.Rent<float>((height * width * Unit) + WinogradTransforms.Between);
        float* between = pixels + (height * width * Unit);
        int channels = Math.Min(Unit, g.InputChannels - channel);
        float* planes = _x + ((((nint)image * g.InputChannels) + channel) * g.InputArea);
        int columns = Math.Min(g.InputWidth, width - g.PadLeft);
        int lines = Math.Min(g.InputHeight, height - g.PadTop);
        new Span<float>(pixels, g.PadTop * width * Unit).Clear();
        for (int row = 0; row < lines; row++)
        {
            float* target = pixels + ((nint)(g.PadTop + row) * width * Unit);
            new Span<float>(target, g.PadLeft * Unit).Clear();
            _kernel.Transpose(planes + ((nint)row * g.InputWidth), g.InputArea, columns, channels, target + (g.PadLeft * Unit), Unit, Unit);
            new Span<float>(target + ((g.PadLeft + columns) * Unit), (width - g.PadLeft - columns) * Unit).Clear();
        }

        new Span<float>(pixels + ((nint)(g.PadTop + lines) * width * Unit), (height - g.PadTop - lines) * width * Unit).Clear();
        float** rows = stackalloc float*[WinogradTransforms.Inputs];
        float* transformed = _tiles + ((nint)image * _tileRows * _tileColumns * _inputs) + channel;
        for (int tileRow = 0; tileRow < _tileRows; tileRow++)
        {
            for (int i = 0; i < WinogradTransforms.Inputs; i++)
            {
                rows[i] = pixels + ((nint)((tileRow * WinogradTransforms.Outputs) + i) * width * Unit);
            }

            for (int tileColumn = 0; tileColumn < _tileColumns; tileColumn++)
            {
                for (int lane = 0; lane < Unit; lane += TLanes.Count)
                {
                    WinogradTransforms.Input<TLanes, T>(
                        (T**)rows, Unit, 0, WinogradTransforms.Inputs, ((nint)tileColumn * WinogradTransforms.Outputs * Unit) + lane, (T*)between, (T*)(transformed + lane), _tileStride);
                }

                transformed += _inputs;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply(int frequency)
    {
        PackedMatrix weights = _weights[frequency];
        GemmTile<float> tile = default;
        tile.ARowStride = _inputs;
        tile.AColumnStride = 1;
        tile.CRowStride = _outputs;
        tile.Depth = _geometry.InputChannels;
        tile.Alpha = 1;
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            int start = _panels.Start(panel);
            int width = _panels.Start(panel + 1) - start;
            int vectors = width / _kernel.VectorWidth;
            int most = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
            tile.B = weights.Panels + ((nint)start * weights.Rows);
            tile.BRowStride = width;
            for (int row = 0; row < _rows; row += tile.Rows)
            {
                int left = _rows - row;
                tile.Rows = most > _kernel.TileRows && left >= most ? most : _kernel.RowsOfTile(left);
                tile.A = _tiles + (frequency * _tileStride) + ((nint)row * _inputs);
                tile.C = _products + (frequency * _productStride) + ((nint)row * _outputs) + start;
                _kernel.Compute(in tile, vectors);
            }
        }
    }

    // Some channels of an image.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformOutput<TLanes, T>(int image, int channel)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int width = g.OutputWidth;
        int channels = Math.Min(Unit, g.OutputChannels - channel);
        int area = g.OutputArea;
        float* results = ThreadScratch.Rent<float>((area * Unit) + WinogradTransforms.Between + (2 * Unit * Unit));
        float* between = results + (area * Unit);
        float* transposed = between + WinogradTransforms.Between;
        float* biases = stackalloc float[Unit];
        for (int lane = 0; lane < Unit; lane++)
        {
            biases[lane] = _bias is null || lane >= channels ? 0 : _bias[channel + lane];
        }

        float* products = _products + ((nint)image * _tileRows * _tileColumns * _outputs) + channel;
        for (int row = 0; row < g.OutputHeight; row += WinogradTransforms.Outputs)
        {
            for (int column = 0; column < width; column += WinogradTransforms.Outputs)
            {
                for (int lane = 0; lane < Unit; lane += TLanes.Count)
                {
                    WinogradTransforms.Output<TLanes, T>(
                        (T*)(products + lane),
                        _productStride,
                        (T*)between,
                        TLanes.Load(in ((T*)biases)[lane]),
                        Activations.IsRelu(_activation),
                        Math.Min(WinogradTransforms.Outputs, g.OutputHeight - row),
                        width - column,
                        (T*)(results + ((((nint)row * width) + column) * Unit) + lane),
                        (nint)width * Unit,
                        Unit);
                }

                products += _outputs;
            }
        }

        Activations.Apply(_activation, new Span<float>(results, area * Unit), WorkerPool.Serial);
        ChannelPlanes.CopyOut(_kernel, results, Unit, area, channels, _y + ((((nint)image * g.OutputChannels) + channel) * area), area, transposed);
    }
}

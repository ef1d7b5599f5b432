using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A depthwise convolution with channels across the lanes: the planes of some channels are copied to [position, channel], filtered there, and copied back. Where planes are small, or strides would
/// have to be taken out of rows, that is less work than columns across the lanes.
/// </summary>
/// <remarks>An element sums over the kernel's elements by fused multiply-adds from zero, all of them or those that meet no padding, which is the same; then the bias.</remarks>
internal readonly unsafe struct DepthwiseChannels : ILaneBody
{
    private const int Unit = ChannelPlanes.Unit;

    private readonly ConvolutionGeometry _geometry;
    private readonly GemmKernel<float> _kernel;
    private readonly float* _x;
    private readonly float* _weights;
    private readonly float* _bias;
    private readonly float* _y;
    private readonly ActivationKind _activation;

    private DepthwiseChannels(GemmKernel<float> kernel, in ConvolutionGeometry geometry, float* x, float* weights, float* bias, float* y, ActivationKind activation)
    {
        (_kernel, _geometry, _activation) = (kernel, geometry, activation);
        _x = x;
        _weights = weights;
        _bias = bias;
        _y = y;
    }

    private int Blocks => (_geometry.InputChannels + Unit - 1) / Unit;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    /// <param name="set">The kernels to use.</param>
    /// <param name="geometry">The sizes; one output channel a group.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="weights">[C, kH, kW].</param>
    /// <param name="bias">One element a channel, or null.</param>
    /// <param name="y">The result, [N, C, OH, OW].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    public static void Run(KernelSet set, in ConvolutionGeometry geometry, float* x, float* weights, float* bias, float* y, ActivationKind activation, WorkerPool workers)
    {
        var body = new DepthwiseChannels(set.SingleGemm, in geometry, x, weights, bias, y, activation);

        // The copies are as much work as the sums.
        long work = (long)Unit * ((geometry.OutputArea * geometry.KernelArea) + (4 * geometry.InputArea));
        LaneTraversal.Run<DepthwiseChannels, float>(
            ref body, geometry.Batch * body.Blocks, (int)Math.Max(1, ConvolutionPaths.MinimumWork / work), 1, set.Level, workers);
    }

    /// <inheritdoc/>
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int taps = g.KernelArea;
        int inputs = g.InputArea * Unit;
        int outputs = g.OutputArea * Unit;
        float* pixels = ThreadScratch.Rent<float>(inputs + outputs + ((taps + 1 + Unit + g.InputWidth) * Unit));
        float* results = pixels + inputs;
        float* weights = results + outputs;
        float* bias = weights + (taps * Unit);
        float* memory = bias + Unit;
        float* zeros = memory + (Unit * Unit);
        new Span<float>(zeros, g.InputWidth * Unit).Clear();
        for (int unit = start; unit < end; unit++)
        {
            int channel = unit % Blocks * Unit;
            int channels = Math.Min(Unit, g.InputChannels - channel);
            nint plane = ((nint)(unit / Blocks) * g.InputChannels) + channel;
            _kernel.Transpose(_x + (plane * g.InputArea), g.InputArea, g.InputArea, channels, pixels, Unit, Unit);
            _kernel.Transpose(_weights + ((nint)channel * taps), taps, taps, channels, weights, Unit, Unit);
            for (int lane = 0; lane < Unit; lane++)
            {
                bias[lane] = _bias is null || lane >= channels ? 0 : _bias[channel + lane];
            }

            for (int lane = 0; lane < Unit; lane += TLanes.Count)
            {
                if (g is { KernelHeight: 3, KernelWidth: 3, DilationHeight: 1, DilationWidth: 1 })
                {
                    ThreeByThree<TLanes, TElement>((TElement*)(pixels + lane), (TElement*)zeros, (TElement*)(weights + lane), (TElement*)(bias + lane), (TElement*)(results + lane));
                }
                else
                {
                    Any<TLanes, TElement>((TElement*)(pixels + lane), (TElement*)(weights + lane), (TElement*)(bias + lane), (TElement*)(results + lane));
                }
            }

            Activations.ApplyBeyondClamps(_activation, new Span<float>(results, outputs), WorkerPool.Serial);
            ChannelPlanes.CopyOut(_kernel, results, Unit, g.OutputArea, channels, _y + (plane * g.OutputArea), g.OutputArea, memory);
        }
    }

    // The positions whose kernel meets no padding on its sides keep the kernel in registers. Rows of padding are zeros.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ThreeByThree<TLanes, T>(T* pixels, T* zeros, T* weights, T* bias, T* results)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int stride = g.StrideWidth;
        int width = g.OutputWidth;
        nint line = (nint)g.InputWidth * Unit;
        int from = Math.Min(width, (g.PadLeft + stride - 1) / stride);
        int to = Math.Clamp(((g.InputWidth + g.PadLeft - 3) / stride) + 1, from, width);
        var offset = TLanes.Load(in *bias);
        TLanes least = Least<TLanes, T>();
        TLanes most = Most<TLanes, T>();
        TLanes w0 = TLanes.Load(in weights[0]), w1 = TLanes.Load(in weights[Unit]), w2 = TLanes.Load(in weights[2 * Unit]);
        TLanes w3 = TLanes.Load(in weights[3 * Unit]), w4 = TLanes.Load(in weights[4 * Unit]), w5 = TLanes.Load(in weights[5 * Unit]);
        TLanes w6 = TLanes.Load(in weights[6 * Unit]), w7 = TLanes.Load(in weights[7 * Unit]), w8 = TLanes.Load(in weights[8 * Unit]);
        for (int row = 0; row < g.OutputHeight; row++)
        {
            int top = (row * g.StrideHeight) - g.PadTop;
            T* line0 = (uint)top < (uint)g.InputHeight ? pixels + (top * line) : zeros;
            T* line1 = (uint)(top + 1) < (uint)g.InputHeight ? pixels + ((top + 1) * line) : zeros;
            T* line2 = (uint)(top + 2) < (uint)g.InputHeight ? pixels + ((top + 2) * line) : zeros;
            T* target = results + ((nint)row * width * Unit);
            for (int column = 0; column < from; column++)
            {
                TLanes.Store(TLanes.Min(most, TLanes.Max(least, Edge<TLanes, T>(weights, line0, line1, line2, (column * stride) - g.PadLeft) + offset)), ref *target);
                target += Unit;
            }

            nint first = ((from * stride) - g.PadLeft) * Unit;
            T* x0 = line0 + first;
            T* x1 = line1 + first;
            T* x2 = line2 + first;
            for (int column = from; column < to; column++)
            {
                TLanes sum = TLanes.MultiplyAdd(w0, TLanes.Load(in x0[0]), TLanes.Zero);
                sum = TLanes.MultiplyAdd(w1, TLanes.Load(in x0[Unit]), sum);
                sum = TLanes.MultiplyAdd(w2, TLanes.Load(in x0[2 * Unit]), sum);
                sum = TLanes.MultiplyAdd(w3, TLanes.Load(in x1[0]), sum);
                sum = TLanes.MultiplyAdd(w4, TLanes.Load(in x1[Unit]), sum);
                sum = TLanes.MultiplyAdd(w5, TLanes.Load(in x1[2 * Unit]), sum);
                sum = TLanes.MultiplyAdd(w6, TLanes.Load(in x2[0]), sum);
                sum = TLanes.MultiplyAdd(w7, TLanes.Load(in x2[Unit]), sum);
                sum = TLanes.MultiplyAdd(w8, TLanes.Load(in x2[2 * Unit]), sum);
                TLanes.Store(TLanes.Min(most, TLanes.Max(least, sum + offset)), ref *target);
                x0 += stride * Unit;
                x1 += stride * Unit;
                x2 += stride * Unit;
                target += Unit;
            }

            for (int column = to; column < width; column++)
            {
                TLanes.Store(TLanes.Min(most, TLanes.Max(least, Edge<TLanes, T>(weights, line0, line1, line2, (column * stride) - g.PadLeft) + offset)), ref *target);
                target += Unit;
            }
        }
    }

    // A position whose kernel may meet padding on the left or right.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Edge<TLanes, T>(T* weights, T* line0, T* line1, T* line2, int left)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int from = Math.Clamp(-left, 0, 3);
        int to = Math.Clamp(_geometry.InputWidth - left, from, 3);
        nint first = (nint)left * Unit;
        TLanes sum = TLanes.Zero;
        for (int j = from; j < to; j++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(in weights[j * Unit]), TLanes.Load(in line0[first + (j * Unit)]), sum);
        }

        for (int j = from; j < to; j++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(in weights[(3 + j) * Unit]), TLanes.Load(in line1[first + (j * Unit)]), sum);
        }

        for (int j = from; j < to; j++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(in weights[(6 + j) * Unit]), TLanes.Load(in line2[first + (j * Unit)]), sum);
        }

        return sum;
    }

    private void Any<TLanes, T>(T* pixels, T* weights, T* bias, T* results)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < _geometry.OutputHeight; row++)
        {
            Row<TLanes, T>(pixels, weights, TLanes.Load(in *bias), Least<TLanes, T>(), Most<TLanes, T>(), row, results + ((nint)row * _geometry.OutputWidth * Unit));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TLanes, T>(T* pixels, T* weights, TLanes offset, TLanes least, TLanes most, int row, T* target)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int top = (row * g.StrideHeight) - g.PadTop;
        for (int column = 0; column < g.OutputWidth; column++)
        {
            int left = (column * g.StrideWidth) - g.PadLeft;
            TLanes sum = TLanes.Zero;
            for (int i = 0; i < g.KernelHeight; i++)
            {
                int y = top + (i * g.DilationHeight);
                if ((uint)y >= (uint)g.InputHeight)
                {
                    continue;
                }

                T* line = pixels + ((nint)y * g.InputWidth * Unit);
                T* w = weights + (i * g.KernelWidth * Unit);
                for (int j = 0; j < g.KernelWidth; j++)
                {
                    int x = left + (j * g.DilationWidth);
                    if ((uint)x < (uint)g.InputWidth)
                    {
                        sum = TLanes.MultiplyAdd(TLanes.Load(in w[j * Unit]), TLanes.Load(in line[x * Unit]), sum);
                    }
                }
            }

            TLanes.Store(TLanes.Min(most, TLanes.Max(least, sum + offset)), ref *target);
            target += Unit;
        }
    }

    // The greater of it and a sum is the sum where there is nothing to cut off, also where that is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Least<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Activations.IsRelu(_activation) ? TLanes.Zero : TLanes.Repeat(T.NegativeInfinity);

    // Likewise the smaller.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Most<TLanes, T>()
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _activation == ActivationKind.Relu6 ? TLanes.Broadcast(Activations.Ceiling) : TLanes.Repeat(T.PositiveInfinity);
}

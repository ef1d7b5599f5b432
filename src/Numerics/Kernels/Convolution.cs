using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Two-dimensional convolution (cross-correlation, as in ONNX and every framework): forward, its two gradients, and the transposed convolution.
/// Images are [N, C, H, W], weights [M, C/groups, kH, kW].
/// </summary>
/// <remarks>
/// Every element sums its terms by fused multiply-adds in an order that depends on the geometry alone, so its bits depend neither on the number of
/// workers nor on the kernel set. 3×3 kernels of stride 1 over many channels and samples are computed in float32 by Winograd's minimal filtering F(4×4, 3×3), which has a
/// quarter of the multiplications (Lavin and Gray, arXiv:1509.09308): what rounding adds there is about 1e-6 of the sum of the terms' magnitudes, and below 2e-5 at corners, where few
/// terms remain; an infinite input makes its tile NaN. Allocates nothing after the first call of a size. Outputs must not overlap inputs.
/// </remarks>
public static unsafe partial class Convolution
{
    /// <summary>
    /// y[n,m,i,j] = activation(bias[m] + Σ_{c,k,l} w[m,c,k,l] · x[n,c,i·stride + k·dilation - pad,j·stride + l·dilation - pad]), c over the channels of m's group.
    /// </summary>
    /// <param name="g">The sizes.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="w">The weights, [M, C/groups, kH, kW].</param>
    /// <param name="bias">[M], or empty for none.</param>
    /// <param name="y">The result, [N, M, OH, OW].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void Forward<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(in g, x.Length, w.Length, y.Length, bias.Length, g.OutputChannels, workers);
        Forward(KernelSet.Current, in g, x, w, isArranged: false, bias, y, accumulate: false, activation, workers);
    }

    /// <summary>y += the convolution of x with w: the gradient by the input of a transposed convolution, where something is there already.</summary>
    /// <param name="g">The sizes.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="w">The weights, [M, C/groups, kH, kW].</param>
    /// <param name="y">The result, [N, M, OH, OW].</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void AddForward<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> w, Span<T> y, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(in g, x.Length, w.Length, y.Length, 0, 0, workers);
        Forward(KernelSet.Current, in g, x, w, isArranged: false, [], y, accumulate: true, ActivationKind.None, workers);
    }

    /// <summary>Arranges constant weights once, so that later calls skip that work. The copy is independent of <paramref name="w"/>.</summary>
    /// <param name="g">The sizes; batch, height and width do not matter.</param>
    /// <param name="w">The weights, [M, C/groups, kH, kW].</param>
    /// <exception cref="ArgumentException">The length is not the geometry's.</exception>
    public static PackedConvolution Pack(in ConvolutionGeometry g, ReadOnlySpan<float> w) => Pack(KernelSet.Current, in g, w);

    /// <summary>
    /// The convolution with packed weights: the same bits as with unpacked ones, but for 3×3 kernels of stride 1 over few samples, which packed weights let Winograd's filtering compute as well.
    /// </summary>
    /// <param name="g">The sizes.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="w">The weights, from <see cref="Pack(in ConvolutionGeometry, ReadOnlySpan{float})"/>.</param>
    /// <param name="bias">[M], or empty for none.</param>
    /// <param name="y">The result, [N, M, OH, OW].</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void Forward(in ConvolutionGeometry g, ReadOnlySpan<float> x, PackedConvolution w, ReadOnlySpan<float> bias, Span<float> y, ActivationKind activation, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(w);
        w.CheckFits(in g);
        Check(in g, x.Length, w.Weights.Length, y.Length, bias.Length, g.OutputChannels, workers);
        if (g.Batch > 0 && (ConvolutionPaths.ForwardByWinogradChannels(in g) || ConvolutionPaths.ForwardByChannels(in g)))
        {
            fixed (float* px = x, pb = bias, py = y)
            {
                if (ConvolutionPaths.ForwardByWinogradChannels(in g))
                {
                    WinogradChannels.Run(in g, w.Set, w.Winograd, px, pb, py, activation, workers);
                }
                else
                {
                    ChannelConvolution.Run(in g, px, w.Panels, pb, py, activation, workers);
                }
            }

            return;
        }

        Forward(w.Set, in g, x, w.Weights, isArranged: true, bias, y, accumulate: false, activation, workers);
    }

    /// <summary>
    /// The gradient by x of a loss whose gradient by y is <paramref name="dy"/>: dx[n,c,·] sums w[m,c,k,l] · dy[n,m,i,j] over all places where x[n,c,·] met w[m,c,k,l].
    /// </summary>
    /// <param name="g">The sizes of the forward convolution.</param>
    /// <param name="dy">The gradient by y, [N, M, OH, OW].</param>
    /// <param name="w">The weights, [M, C/groups, kH, kW].</param>
    /// <param name="dx">The result, [N, C, H, W].</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/> instead of filling it.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void BackwardInput<T>(in ConvolutionGeometry g, ReadOnlySpan<T> dy, ReadOnlySpan<T> w, Span<T> dx, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(in g, dx.Length, w.Length, dy.Length, 0, 0, workers);
        BackwardInput(KernelSet.Current, in g, dy, w, [], dx, accumulate, ActivationKind.None, workers);
    }

    /// <summary>
    /// The transposed convolution: y = activation(the gradient by the input of a convolution for the output gradient x, plus a bias a channel). <paramref name="g"/> is the convolution that
    /// goes the other way: its input is this operation's y [N, C, H, W], its output this operation's x [N, M, OH, OW].
    /// </summary>
    /// <param name="g">The sizes of the convolution from y to x. ONNX's ConvTranspose weights [C, M/groups, kH, kW] are that convolution's.</param>
    /// <param name="x">The images, [N, M, OH, OW] of <paramref name="g"/>.</param>
    /// <param name="w">The weights, [M, C/groups, kH, kW] of <paramref name="g"/>.</param>
    /// <param name="bias">[C] of <paramref name="g"/>, or empty for none.</param>
    /// <param name="y">The result, [N, C, H, W] of <paramref name="g"/>.</param>
    /// <param name="activation">Applied last.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void ForwardTransposed<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, ActivationKind activation, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(in g, y.Length, w.Length, x.Length, bias.Length, g.InputChannels, workers);
        BackwardInput(KernelSet.Current, in g, x, w, bias, y, accumulate: false, activation, workers);
    }

    /// <summary>
    /// The gradient by the weights: dw[m,c,k,l] = Σ_{n,i,j} dy[n,m,i,j] · x[n,c,i·stride + k·dilation - pad,j·stride + l·dilation - pad].
    /// </summary>
    /// <param name="g">The sizes of the forward convolution.</param>
    /// <param name="x">The images, [N, C, H, W].</param>
    /// <param name="dy">The gradient by y, [N, M, OH, OW].</param>
    /// <param name="dw">The result, [M, C/groups, kH, kW].</param>
    /// <param name="accumulate">Whether to add to <paramref name="dw"/> instead of filling it.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">There is no such convolution, or a length is not the geometry's.</exception>
    public static void BackwardWeights<T>(in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(in g, x.Length, dw.Length, dy.Length, 0, 0, workers);
        BackwardWeights(KernelSet.Current, in g, x, dy, dw, accumulate, workers);
    }

    /// <summary>A bias's gradient: db[c] = Σ_{n,i} x[n,c,i], or db[c] += … when accumulating.</summary>
    /// <param name="x">[batch, channels, area].</param>
    /// <param name="db">The result, [channels].</param>
    /// <param name="batch">The samples.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="area">The elements of a channel's plane.</param>
    /// <param name="accumulate">Whether to add to <paramref name="db"/> instead of filling it.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A length is not what the sizes say.</exception>
    public static void SumChannels<T>(ReadOnlySpan<T> x, Span<T> db, int batch, int channels, int area, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(workers);
        Kernels.Check.Matrix(x.Length, batch * channels, area);
        Kernels.Check.Length(db.Length, channels);
        fixed (T* px = x, pdb = db)
        {
            var body = new SumChannelsBody(px, pdb, batch, channels, area, accumulate);
            LaneTraversal.Run<SumChannelsBody, T>(ref body, channels, SumChannelsBody.Grain / Math.Max(batch * area, 1), 1, workers);
        }
    }

    /// <summary><see cref="Pack(in ConvolutionGeometry, ReadOnlySpan{float})"/> for the kernels of <paramref name="set"/>.</summary>
    internal static PackedConvolution Pack(KernelSet set, in ConvolutionGeometry g, ReadOnlySpan<float> w)
    {
        Kernels.Check.Length(w.Length, g.WeightLength);
        float[] arranged = new float[w.Length];
        fixed (float* source = w, target = arranged)
        {
            ConvolutionWeights.ToForward(set.SingleGemm, in g, source, target, 0, g.OutputChannels);
        }

        return new PackedConvolution(set, in g, arranged);
    }

    /// <summary>The convolution, with the kernels of <paramref name="set"/>; the weights as <see cref="Pack(in ConvolutionGeometry, ReadOnlySpan{float})"/> arranges them where that is said.</summary>
    internal static void Forward<T>(
        KernelSet set,
        in ConvolutionGeometry g,
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> w,
        bool isArranged,
        ReadOnlySpan<T> bias,
        Span<T> y,
        bool accumulate,
        ActivationKind activation,
        WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.Batch == 0)
        {
            return;
        }

        fixed (T* px = x, pw = w, pb = bias, py = y)
        {
            if (ConvolutionPaths.IsUnusual(in g, isTransposed: false))
            {
                PlainConvolution<T>.Run(new(g, px, pw, isArranged, pb, py, accumulate, activation, isTransposed: false), g.Batch * g.OutputChannels, workers);
                Activations.Apply(activation, y, workers);
            }
            else if (typeof(T) == typeof(float) && !accumulate && ConvolutionPaths.DepthwiseByChannels(in g))
            {
                DepthwiseChannels.Run(set, in g, (float*)px, (float*)pw, (float*)pb, (float*)py, activation, workers);
            }
            else if (ConvolutionPaths.IsDepthwise(in g))
            {
                var body = new DepthwiseForward(g, px, pw, false, pb, py, accumulate, activation);
                RunPlanes<DepthwiseForward, T>(set, ref body, g.Batch * g.Groups, g.GroupOutputChannels * g.OutputArea * g.KernelArea, workers);
                Activations.ApplyBeyondClamps(activation, y, workers);
            }
            else if (ConvolutionPaths.ForwardByPlanes(in g) && !accumulate)
            {
                PlaneConvolution.Run(set, in g, px, pw, isArranged, pb, py, activation, workers);
            }
            else if (typeof(T) == typeof(float) && ConvolutionPaths.ForwardByWinograd(in g))
            {
                WinogradConvolution.Run(new(set, in g, false, (float*)px, (float*)pw, isArranged, (float*)pb, (float*)py, accumulate, activation), workers);
            }
            else if (ConvolutionPaths.IsPointwise(in g))
            {
                PointwiseConvolution<T>.Run(new(set, in g, false, px, pw, pb, py, accumulate, activation), workers);
            }
            else if (ConvolutionPaths.ForwardByLanes(in g))
            {
                LaneConvolution<T>.Run(new(Gemm.KernelOf<T>(set), in g, false, px, pw, isArranged, pb, py, accumulate, activation), workers);
            }
            else
            {
                PixelConvolution<T>.Run(new(Gemm.KernelOf<T>(set), in g, px, pw, isArranged, pb, py, accumulate, activation), workers);
            }
        }
    }

    /// <summary>The transposed convolution, with the kernels of <paramref name="set"/>.</summary>
    internal static void BackwardInput<T>(
        KernelSet set,
        in ConvolutionGeometry g,
        ReadOnlySpan<T> dy,
        ReadOnlySpan<T> w,
        ReadOnlySpan<T> bias,
        Span<T> dx,
        bool accumulate,
        ActivationKind activation,
        WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (g.Batch == 0)
        {
            return;
        }

        fixed (T* pdy = dy, pw = w, pb = bias, pdx = dx)
        {
            if (ConvolutionPaths.IsUnusual(in g, isTransposed: true))
            {
                PlainConvolution<T>.Run(new(g, pdx, pw, false, pb, pdy, accumulate, activation, isTransposed: true), g.Batch * g.InputChannels, workers);
                Activations.Apply(activation, dx, workers);
            }
            else if (ConvolutionPaths.IsDepthwise(in g))
            {
                int work = g.GroupOutputChannels * g.OutputArea * g.KernelArea;
                if (DepthwiseInputGradient.TryTurn(in g, out ConvolutionGeometry turned))
                {
                    var body = new DepthwiseForward(turned, pdy, pw, true, pb, pdx, accumulate, activation);
                    RunPlanes<DepthwiseForward, T>(set, ref body, g.Batch * g.Groups, work, workers);
                }
                else
                {
                    var body = new DepthwiseInputGradient(g, pdy, pw, pb, pdx, accumulate, activation);
                    RunPlanes<DepthwiseInputGradient, T>(set, ref body, g.Batch * g.Groups, work, workers);
                }

                Activations.ApplyBeyondClamps(activation, dx, workers);
            }
            else if (typeof(T) == typeof(float) && ConvolutionPaths.BackwardByWinograd(in g))
            {
                if (ConvolutionPaths.BackwardByOutputTiles(in g))
                {
                    WinogradInputGradient.Run(new(set, in g, (float*)pdy, (float*)pw, (float*)pb, (float*)pdx, accumulate, activation), workers);
                }
                else
                {
                    WinogradConvolution.Run(new(set, in g, true, (float*)pdy, (float*)pw, false, (float*)pb, (float*)pdx, accumulate, activation), workers);
                }
            }
            else if (ConvolutionPaths.IsPointwise(in g) && (g is { StrideHeight: 1, StrideWidth: 1 } || (bias.IsEmpty && activation == ActivationKind.None)))
            {
                PointwiseConvolution<T>.Run(new(set, in g, true, pdy, pw, pb, pdx, accumulate, activation), workers);
            }
            else if (ConvolutionPaths.IsProduct(in g) && pb is null && activation == ActivationKind.None)
            {
                int columns = g.InputChannels * g.KernelArea;
                Gemm.Multiply(
                    set, false, false, g.Batch, columns, g.OutputChannels, T.One, dy, g.OutputChannels, w, columns,
                    accumulate ? T.One : T.Zero, dx, columns, [], ActivationKind.None, workers);
            }
            else if (ConvolutionPaths.BackwardByLanes(in g))
            {
                LaneConvolution<T>.Run(new(Gemm.KernelOf<T>(set), in g, true, pdy, pw, false, pb, pdx, accumulate, activation), workers);
            }
            else
            {
                PatchInputGradient<T>.Run(new(Gemm.KernelOf<T>(set), in g, pdy, pw, pb, pdx, accumulate, activation), workers);
            }
        }
    }

    /// <summary>The gradient by the weights, with the kernels of <paramref name="set"/>.</summary>
    internal static void BackwardWeights<T>(KernelSet set, in ConvolutionGeometry g, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, pdy = dy, pdw = dw)
        {
            if (ConvolutionPaths.IsDepthwise(in g))
            {
                var body = new DepthwiseWeightGradient(g, px, pdy, pdw, accumulate);
                RunPlanes<DepthwiseWeightGradient, T>(set, ref body, g.Groups, Math.Max(g.Batch, 1) * g.GroupOutputChannels * g.OutputArea * g.KernelArea, workers);
            }
            else if (ConvolutionPaths.IsProduct(in g))
            {
                int columns = g.InputChannels * g.KernelArea;
                Gemm.Multiply(
                    set, true, false, g.OutputChannels, columns, g.Batch, T.One, dy, g.OutputChannels, x, columns,
                    accumulate ? T.One : T.Zero, dw, columns, [], ActivationKind.None, workers);
            }
            else if (ConvolutionPaths.WeightsByPlanes(in g))
            {
                PlaneWeightGradient.Run(set, in g, ActivationKind.None, px, pdy, pdy, pdw, accumulate, null, false, workers);
            }
            else if (typeof(T) == typeof(float) && ConvolutionPaths.WeightsByWinograd(in g))
            {
                WinogradWeightGradient.Run(set, in g, (float*)px, (float*)pdy, (float*)pdw, accumulate, workers);
            }
            else if (ConvolutionPaths.IsPointwise(in g) && PointwiseWeightGradient<T>.Suits(in g))
            {
                PointwiseWeightGradient<T>.Run(set, in g, px, pdy, pdw, accumulate, workers);
            }
            else if (ConvolutionPaths.WeightsByLanes(in g))
            {
                LaneWeightGradient<T>.Run(Gemm.KernelOf<T>(set), in g, px, pdy, pdw, accumulate, workers);
            }
            else
            {
                PixelWeightGradient<T>.Run(Gemm.KernelOf<T>(set), in g, px, pdy, pdw, accumulate, workers);
            }
        }
    }

    // Splits planes, or channels, over workers.
    private static void RunPlanes<TBody, T>(KernelSet set, ref TBody body, int count, int work, WorkerPool workers)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LaneTraversal.Run<TBody, T>(ref body, count, (int)Math.Min(int.MaxValue, ConvolutionPaths.MinimumWork / Math.Max(work, 1)), 1, set.Level, workers);

    private static void Check(in ConvolutionGeometry g, int x, int w, int y, int bias, int channels, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        g.Validate();
        if (x != g.InputLength)
        {
            ThrowLength(x, g.InputLength, $"x [{g.Batch},{g.InputChannels},{g.InputHeight},{g.InputWidth}]");
        }

        if (w != g.WeightLength)
        {
            ThrowLength(w, g.WeightLength, $"weights [{g.OutputChannels},{g.GroupInputChannels},{g.KernelHeight},{g.KernelWidth}]");
        }

        if (y != g.OutputLength)
        {
            ThrowLength(y, g.OutputLength, $"y [{g.Batch},{g.OutputChannels},{g.OutputHeight},{g.OutputWidth}]");
        }

        if (bias != 0 && bias != channels)
        {
            ThrowLength(bias, channels, "the bias, or none");
        }
    }

    private static void ThrowLength(int actual, int expected, string what) =>
        throw new ArgumentException($"Convolution: expected {expected} elements of {what}, got {actual}; check the geometry.");
}

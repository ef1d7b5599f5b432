using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The transpose of a convolution, sample by sample: the gradients of all patches as a matrix product, [C/groups · kH · kW, OH · OW], which are then added where the
/// patches came from. A kernel of one element with stride 1 needs no patches.
/// </summary>
/// <remarks>An element of the result adds the taps' sums in the order of the taps to zero, or to what is there.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct PatchInputGradient<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GemmKernel<T> _kernel;
    private readonly ConvolutionGeometry _geometry;
    private readonly T* _dy;
    private readonly T* _weights;
    private readonly T* _bias;
    private readonly T* _dx;
    private readonly bool _accumulates;
    private readonly ActivationKind _activation;
    private T* _patches;
    private int _image;
    private bool _sharesSamples;

    /// <summary>Describes one transposed convolution; see <see cref="LaneConvolution{T}"/>.</summary>
    public PatchInputGradient(GemmKernel<T> kernel, in ConvolutionGeometry geometry, T* dy, T* weights, T* bias, T* dx, bool accumulates, ActivationKind activation)
    {
        (_kernel, _geometry) = (kernel, geometry);
        _dy = dy;
        _weights = weights;
        _bias = bias;
        _dx = dx;
        (_accumulates, _activation) = (accumulates, activation);
    }

    private readonly bool IsProduct => _geometry is { KernelArea: 1, StrideHeight: 1, StrideWidth: 1, PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 };

    private readonly nint PatchLength => IsProduct ? 0 : (nint)_geometry.GroupInputChannels * _geometry.KernelArea * _geometry.OutputArea;

    private readonly bool NeedsFinish => !IsProduct || _bias is not null || _activation != ActivationKind.None;

    /// <summary>Computes it on the threads of <paramref name="workers"/>.</summary>
    public static void Run(PatchInputGradient<T> gradient, WorkerPool workers) => gradient.Run(workers);

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int channels = _geometry.GroupInputChannels;
        if (!_sharesSamples)
        {
            Finish(_image, _patches, (int)((long)channels * part / partCount), (int)((long)channels * (part + 1) / partCount));
            return;
        }

        int images = _geometry.Batch * _geometry.Groups;
        T* patches = _patches + (part * PatchLength);
        for (int image = (int)((long)images * part / partCount); image < (int)((long)images * (part + 1) / partCount); image++)
        {
            Multiply(image, patches, WorkerPool.Serial);
            if (NeedsFinish)
            {
                Finish(image, patches, 0, channels);
            }
        }
    }

    private void Run(WorkerPool workers)
    {
        long elements = (long)_geometry.GroupInputChannels * _geometry.KernelArea * _geometry.OutputArea;
        int images = _geometry.Batch * _geometry.Groups;
        int threads = (int)Math.Clamp(elements * _geometry.GroupOutputChannels * images / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);

        // Each thread takes whole samples, with patches of its own; only where there are too few of them do all work on one.
        _sharesSamples = images >= 2 * threads;
        _patches = CallScratch.Rent<T>(PatchLength * (_sharesSamples ? threads : 1));
        if (_sharesSamples)
        {
            workers.Run(ref this, threads);
            return;
        }

        threads = (int)Math.Clamp(8 * elements / ConvolutionPaths.MinimumWork, 1, workers.ThreadCount);
        for (_image = 0; _image < images; _image++)
        {
            Multiply(_image, _patches, workers);
            if (NeedsFinish)
            {
                workers.Run(ref this, Math.Min(threads, _geometry.GroupInputChannels));
            }
        }
    }

    // The patches' gradients of a sample, or of a kernel of one element the result itself.
    private readonly void Multiply(int image, T* patches, WorkerPool workers)
    {
        int k = _geometry.GroupInputChannels * _geometry.KernelArea;
        int rows = _geometry.GroupOutputChannels;
        int area = _geometry.OutputArea;
        GemmProblem<T> problem = new()
        {
            M = k,
            N = area,
            K = rows,
            A = _weights + ((nint)(image % _geometry.Groups) * rows * k),
            ARowStride = 1,
            AColumnStride = k,
            B = _dy + ((nint)image * rows * area),
            BRowStride = area,
            BColumnStride = 1,
            C = IsProduct ? _dx + ((nint)image * k * area) : patches,
            CRowStride = area,
            Alpha = T.One,
            Beta = IsProduct && _accumulates ? T.One : T.Zero,
        };
        GemmDriver<T>.Multiply(_kernel, in problem, workers);
    }

    // Channels [from, to) of a sample: the patches are added to where they came from; then the bias and the activation.
    private readonly void Finish(int image, T* patches, int from, int to)
    {
        int channels = _geometry.GroupInputChannels;
        for (int c = from; c < to; c++)
        {
            int channel = (image % _geometry.Groups * channels) + c;
            T* plane = _dx + ((((nint)image * channels) + c) * _geometry.InputArea);
            var values = new Span<T>(plane, _geometry.InputArea);
            if (!IsProduct)
            {
                if (!_accumulates)
                {
                    values.Clear();
                }

                Scatter(patches + ((nint)c * _geometry.KernelArea * _geometry.OutputArea), plane);
            }

            if (_bias is not null)
            {
                foreach (ref T value in values)
                {
                    value += _bias[channel];
                }
            }

            Activate(values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scatter(T* patches, T* plane)
    {
        ref readonly ConvolutionGeometry g = ref _geometry;
        int height = g.OutputHeight;
        int width = g.OutputWidth;
        for (int tap = 0; tap < g.KernelArea; tap++)
        {
            int top = (tap / g.KernelWidth * g.DilationHeight) - g.PadTop;
            int left = (tap % g.KernelWidth * g.DilationWidth) - g.PadLeft;
            int from = Math.Min(width, left >= 0 ? 0 : (-left + g.StrideWidth - 1) / g.StrideWidth);
            int to = left >= g.InputWidth ? 0 : Math.Min(width, ((g.InputWidth - 1 - left) / g.StrideWidth) + 1);
            for (int row = 0; row < height; row++, patches += width)
            {
                int y = (row * g.StrideHeight) + top;
                if ((uint)y < (uint)g.InputHeight && from < to)
                {
                    Add(patches + from, plane + ((nint)y * g.InputWidth) + (from * g.StrideWidth) + left, to - from, g.StrideWidth);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(T* source, T* target, int count, int stride)
    {
        int i = 0;
        for (; stride == 1 && i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            (Vector256.Load(target + i) + Vector256.Load(source + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[(nint)i * stride] += source[i];
        }
    }

    private readonly void Activate(Span<T> values)
    {
        Activations.ApplyWhole(_activation, values, WorkerPool.Serial);
    }
}

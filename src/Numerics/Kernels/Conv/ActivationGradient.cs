using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient before a convolution's activation and that of its bias in one pass over memory, some samples after another.</summary>
/// <remarks>The bias sums the positions of a channel in sixteen places, over the samples of a chunk; then the places are added, and the chunks' sums in binary64 in their order.</remarks>
internal unsafe struct ActivationGradient : ILaneBody
{
    // Elements below which a sleeping worker would wake too late to help.
    private const int Grain = 32768;

    // Positions of a channel that are summed in sixteen places before those are added: enough that this costs little, few enough to lose no precision.
    private const int MostPositions = 8192;

    // Samples of a chunk at most, so that a batch can be shared among threads.
    private const int MostSamples = 8;

    private readonly ActivationKind _activation;
    private readonly int _batch;
    private readonly int _channels;
    private readonly int _area;
    private readonly int _chunkSamples;
    private readonly int _chunks;
    private readonly void* _y;
    private readonly void* _dy;
    private readonly void* _dz;
    private double* _totals;

    private ActivationGradient(in ConvolutionGeometry geometry, ActivationKind activation, void* y, void* dy, void* dz)
    {
        (_activation, _batch, _channels, _area) = (activation, geometry.Batch, geometry.OutputChannels, geometry.OutputArea);
        _chunkSamples = Math.Clamp(MostPositions / _area, 1, MostSamples);
        _chunks = (_batch + _chunkSamples - 1) / _chunkSamples;
        _y = y;
        _dy = dy;
        _dz = dz;
    }

    /// <summary>Computes it.</summary>
    /// <param name="set">The kernels.</param>
    /// <param name="geometry">The sizes of the convolution.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="y">The output; not read where there is no activation.</param>
    /// <param name="dy">The gradient by it.</param>
    /// <param name="dz">The gradient before the activation, or null.</param>
    /// <param name="db">The gradient of the bias, or null.</param>
    /// <param name="accumulates">Whether to add to it.</param>
    /// <param name="workers">The threads.</param>
    public static void Run<T>(KernelSet set, in ConvolutionGeometry geometry, ActivationKind activation, T* y, T* dy, T* dz, T* db, bool accumulates, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var body = new ActivationGradient(in geometry, activation, y, dy, dz);
        int channels = geometry.OutputChannels;
        body._totals = db is null ? null : CallScratch.Rent<double>((nint)body._chunks * channels);
        long work = (long)body._chunkSamples * channels * geometry.OutputArea;
        LaneTraversal.Run<ActivationGradient, T>(ref body, body._chunks, (int)(Grain / Math.Max(work, 1)), 1, set.Level, workers);
        for (int m = 0; m < channels && db is not null; m++)
        {
            double total = 0;
            for (int chunk = 0; chunk < body._chunks; chunk++)
            {
                total += body._totals[((nint)chunk * channels) + m];
            }

            var sum = T.CreateTruncating(total);
            db[m] = accumulates ? db[m] + sum : sum;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int length = _totals is null ? 0 : _channels * LaneSums.Count;
        TElement* places = length == 0 ? null : ThreadScratch.Rent<TElement>(length);
        for (int chunk = start; chunk < end; chunk++)
        {
            double* totals = _totals + ((nint)chunk * _channels);
            new Span<TElement>(places, length).Clear();
            new Span<double>(totals, length / LaneSums.Count).Clear();
            int samplesEnd = Math.Min((chunk + 1) * _chunkSamples, _batch);
            for (int position = 0; position < _area; position += MostPositions)
            {
                for (int n = chunk * _chunkSamples; n < samplesEnd; n++)
                {
                    Derive<TLanes, TElement>(n, position, Math.Min(MostPositions, _area - position), places);
                }

                for (int m = 0; m < length / LaneSums.Count; m++)
                {
                    TElement* sums = places + ((nint)m * LaneSums.Count);
                    totals[m] += double.CreateTruncating(LaneSums.Across<TLanes, TElement>(sums));
                    new Span<TElement>(sums, LaneSums.Count).Clear();
                }
            }
        }
    }

    private readonly void Derive<TLanes, TElement>(int sample, int position, int positions, TElement* places)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int m = 0; m < _channels; m++)
        {
            nint offset = ((((nint)sample * _channels) + m) * _area) + position;
            ActivationPlanes.Backward<TLanes, TElement>(
                _activation,
                (TElement*)_y + offset,
                (TElement*)_dy + offset,
                positions,
                _dz is null ? null : (TElement*)_dz + offset,
                places is null ? null : places + ((nint)m * LaneSums.Count));
        }
    }
}

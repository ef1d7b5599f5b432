using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient before a convolution's activation and that of its bias, channel by channel, in one pass over memory.</summary>
/// <remarks>The bias sums the positions of each plane in sixteen places, over some samples; then the places are added, and these sums in binary64 in the order of the samples.</remarks>
internal readonly unsafe struct ActivationGradient(ActivationKind activation, void* y, void* dy, void* dz, void* db, bool accumulates, int batch, int channels, int area) : ILaneBody
{
    // Terms of one of sixteen places: enough that adding up the places costs little, few enough to lose no precision.
    private const int PlaceTerms = 512;

    /// <summary>Elements below which a sleeping worker would wake too late to help.</summary>
    public const int Grain = 32768;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement* sums = stackalloc TElement[LaneSums.Count];
        int samplesAtOnce = Math.Max(1, PlaceTerms * LaneSums.Count / Math.Max(area, 1));
        for (int channel = start; channel < end; channel++)
        {
            double total = 0;
            for (int first = 0; first < batch; first += samplesAtOnce)
            {
                new Span<TElement>(sums, LaneSums.Count).Clear();
                for (int n = first; n < Math.Min(first + samplesAtOnce, batch); n++)
                {
                    nint plane = (((nint)n * channels) + channel) * area;
                    ActivationPlanes.Backward<TLanes, TElement>(activation, (TElement*)y + plane, (TElement*)dy + plane, 1, area, dz is null ? null : (TElement*)dz + plane, area, sums);
                }

                total += double.CreateTruncating(LaneSums.Across<TLanes, TElement>(sums));
            }

            if (db is not null)
            {
                TElement* destination = (TElement*)db + channel;
                var sum = TElement.CreateTruncating(total);
                *destination = accumulates ? *destination + sum : sum;
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The last pass of <see cref="Normalization.BatchInference"/> and <see cref="Normalization.BatchTraining"/> over the planes of [N, C, S]:
/// y = activation((x - mean) · factor + bias).
/// </summary>
/// <remarks>Samples are taken from the last to the first: what the pass before has read last is still in the cache.</remarks>
internal readonly unsafe struct BatchNormApplyBody<TActivation>(BatchNormShape shape, TActivation activation, void* x, void* y, void* mean, void* factor, void* bias) : ILaneBody
    where TActivation : struct, IUnaryOperation
{
    /// <summary>Does the planes [start, end) of the N · C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        while (end > start)
        {
            int sample = (end - 1) / shape.Channels;
            int first = Math.Max(start, sample * shape.Channels);
            for (int plane = first; plane < end; plane++)
            {
                Plane<TLanes, TElement>(sample, plane - (sample * shape.Channels));
            }

            end = first;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane<TLanes, TElement>(int sample, int channel)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TActivation f = activation;
        TLanes center = TLanes.Repeat(((TElement*)mean)[channel]);
        TLanes scale = TLanes.Repeat(((TElement*)factor)[channel]);
        TLanes shift = TLanes.Repeat(((TElement*)bias)[channel]);
        TElement* px = (TElement*)x + shape.Offset(sample, channel);
        TElement* py = (TElement*)y + shape.Offset(sample, channel);
        int length = shape.Spatial;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(f.Invoke(TLanes.MultiplyAdd(TLanes.Load(in px[i]) - center, scale, shift)), ref py[i]);
        }

        int rest = length - i;
        if (rest > 0)
        {
            TLanes.StorePartial(f.Invoke(TLanes.MultiplyAdd(TLanes.LoadPartial(px + i, rest, center) - center, scale, shift)), py + i, rest);
        }
    }
}

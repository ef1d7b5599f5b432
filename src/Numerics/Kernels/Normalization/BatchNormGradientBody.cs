using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The last pass of <see cref="Normalization.BatchBackward"/> over the planes of [N, C, S]: dx = a · g + (b · (x - mean) + c) with the channel's three
/// coefficients, g being the gradient before the activation. dx may be dy's memory.
/// </summary>
/// <remarks>Samples are taken from the last to the first: what the pass before has read last is still in the cache.</remarks>
/// <param name="shape">The sizes.</param>
/// <param name="activation">What was applied to the normalized values.</param>
/// <param name="x">The input.</param>
/// <param name="dy">The gradient by the output.</param>
/// <param name="dx">The gradient by the input.</param>
/// <param name="mean">The channels' means.</param>
/// <param name="factor">The channels' factors of x - mean; read where there is an activation.</param>
/// <param name="bias">The channels' summands; read where there is an activation.</param>
/// <param name="coefficients">a of every channel, then b, then c.</param>
/// <param name="accumulate">Whether to add to dx.</param>
internal readonly unsafe struct BatchNormGradientBody<TActivation>(BatchNormShape shape, TActivation activation, void* x, void* dy, void* dx, void* mean, void* factor, void* bias, void* coefficients, bool accumulate) : ILaneBody
    where TActivation : struct, IDifferentiableOperation
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
        TElement* abc = (TElement*)coefficients + channel;
        TLanes a = TLanes.Repeat(abc[0]);
        TLanes b = TLanes.Repeat(abc[shape.Channels]);
        TLanes c = TLanes.Repeat(abc[2 * shape.Channels]);
        TLanes center = TLanes.Repeat(((TElement*)mean)[channel]);
        TLanes scale = factor is null ? center : TLanes.Repeat(((TElement*)factor)[channel]);
        TLanes shift = bias is null ? center : TLanes.Repeat(((TElement*)bias)[channel]);
        nint offset = shape.Offset(sample, channel);
        TElement* px = (TElement*)x + offset;
        TElement* pdy = (TElement*)dy + offset;
        TElement* pdx = (TElement*)dx + offset;
        bool add = accumulate;
        int length = shape.Spatial;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes difference = TLanes.Load(in px[i]) - center;
            TLanes value = TLanes.MultiplyAdd(difference, scale, shift);
            TLanes gradient = f.Backward(value, f.Invoke(value), TLanes.Load(in pdy[i]));
            gradient = TLanes.MultiplyAdd(a, gradient, TLanes.MultiplyAdd(b, difference, c));
            TLanes.Store(add ? TLanes.Load(in pdx[i]) + gradient : gradient, ref pdx[i]);
        }

        int rest = length - i;
        if (rest > 0)
        {
            TLanes difference = TLanes.LoadPartial(px + i, rest, center) - center;
            TLanes value = TLanes.MultiplyAdd(difference, scale, shift);
            TLanes gradient = f.Backward(value, f.Invoke(value), TLanes.LoadPartial(pdy + i, rest, c));
            gradient = TLanes.MultiplyAdd(a, gradient, TLanes.MultiplyAdd(b, difference, c));
            TLanes.StorePartial(add ? TLanes.LoadPartial(pdx + i, rest, c) + gradient : gradient, pdx + i, rest);
        }
    }
}

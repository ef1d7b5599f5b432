using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Normalization.BatchBackward"/> over the channels of [N, C], one a lane. With g the gradient before the activation and d = x - mean, dx is
/// taken as a · g + b · d + c, whose three coefficients are the channel's; b and c are 0 where the statistics do not depend on x.
/// </summary>
internal readonly unsafe struct BatchNormColumnsBackwardBody<TActivation>(BatchNormShape shape, TActivation activation, void* x, void* dy, void* dx, void* scale, void* bias, void* mean, void* variance, void* dscale, void* dbias, double epsilon, bool accumulate, bool hasFixedStatistics) : ILaneBody
    where TActivation : struct, IDifferentiableOperation
{
    private const int RowBlock = 128;

    /// <summary>Does the channels [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int channel = start; channel < end; channel += TLanes.Count)
        {
            Columns<TLanes, TElement>(channel, Math.Min(TLanes.Count, end - channel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns<TLanes, TElement>(int channel, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TActivation f = activation;
        TLanes zero = TLanes.Zero;
        TLanes center = TLanes.LoadPartial((TElement*)mean + channel, count, zero);
        TLanes deviation = TLanes.Sqrt(TLanes.LoadPartial((TElement*)variance + channel, count, zero) + TLanes.Broadcast(epsilon));
        TLanes factor = TLanes.LoadPartial((TElement*)scale + channel, count, zero) / deviation;
        TLanes summand = bias is null ? zero : TLanes.LoadPartial((TElement*)bias + channel, count, zero);
        TLanes sum = zero;
        TLanes products = zero;
        for (int block = 0; block < shape.Batch; block += RowBlock)
        {
            TLanes blockSum = zero;
            TLanes blockProducts = zero;
            for (int n = block; n < Math.Min(block + RowBlock, shape.Batch); n++)
            {
                TLanes difference = TLanes.LoadPartial((TElement*)x + shape.Offset(n, channel), count, zero) - center;
                TLanes normalized = TLanes.MultiplyAdd(difference, factor, summand);
                TLanes gradient = f.Backward(normalized, f.Invoke(normalized), TLanes.LoadPartial((TElement*)dy + shape.Offset(n, channel), count, zero));
                blockSum += gradient;
                blockProducts = TLanes.MultiplyAdd(difference, gradient, blockProducts);
            }

            sum += blockSum;
            products += blockProducts;
        }

        TLanes inverse = TLanes.Broadcast(1) / deviation;
        TLanes.StorePartial(sum, (TElement*)dbias + channel, count);
        TLanes.StorePartial(products * inverse, (TElement*)dscale + channel, count);
        if (dx is null)
        {
            return;
        }

        TLanes population = TLanes.Broadcast(shape.Batch);
        TLanes a = TLanes.LoadPartial((TElement*)scale + channel, count, zero) * inverse;
        TLanes b = hasFixedStatistics ? zero : -(a * inverse * inverse * products / population);
        TLanes c = hasFixedStatistics ? zero : -(a * sum / population);
        for (int n = 0; n < shape.Batch; n++)
        {
            nint offset = shape.Offset(n, channel);
            TLanes difference = TLanes.LoadPartial((TElement*)x + offset, count, zero) - center;
            TLanes normalized = TLanes.MultiplyAdd(difference, factor, summand);
            TLanes gradient = f.Backward(normalized, f.Invoke(normalized), TLanes.LoadPartial((TElement*)dy + offset, count, zero));
            TLanes value = TLanes.MultiplyAdd(a, gradient, TLanes.MultiplyAdd(b, difference, c));
            TElement* destination = (TElement*)dx + offset;
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(destination, count, zero) + value : value, destination, count);
        }
    }
}

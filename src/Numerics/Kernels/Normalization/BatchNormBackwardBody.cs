using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Normalization.BatchBackward"/>, over channels. With d = x - mean, dx is taken as a · dy + b · d + c, whose
/// three coefficients are the channel's; b and c are 0 where the statistics do not depend on x.
/// </summary>
internal readonly unsafe struct BatchNormBackwardBody(BatchNormShape shape, void* x, void* dy, void* dx, void* scale, void* mean, void* variance, void* dscale, void* dbias, double epsilon, bool accumulate, bool hasFixedStatistics) : ILaneBody
{
    private const int RowBlock = 128;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (shape.Spatial == 1)
        {
            for (int channel = start; channel < end; channel += TLanes.Count)
            {
                Columns<TLanes, TElement>(channel, Math.Min(TLanes.Count, end - channel));
            }

            return;
        }

        for (int channel = start; channel < end; channel++)
        {
            Planes<TLanes, TElement>(channel);
        }
    }

    // One place a lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Planes<TLanes, TElement>(int channel)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement center = ((TElement*)mean)[channel];
        double sum = 0;
        double products = 0;
        for (int n = 0; n < shape.Batch; n++)
        {
            TElement* px = (TElement*)x + shape.Offset(n, channel);
            TElement* pdy = (TElement*)dy + shape.Offset(n, channel);
            sum += LongSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(pdy), shape.Spatial);
            products += LongSum.Compute<CenteredProductTerms<TElement>, TLanes, TElement>(new(px, center, pdy), shape.Spatial);
        }

        double inverse = 1 / Math.Sqrt(double.CreateTruncating(((TElement*)variance)[channel]) + epsilon);
        ((TElement*)dbias)[channel] = TElement.CreateTruncating(sum);
        ((TElement*)dscale)[channel] = TElement.CreateTruncating(products * inverse);
        if (dx is null)
        {
            return;
        }

        double a = double.CreateTruncating(((TElement*)scale)[channel]) * inverse;
        double b = hasFixedStatistics ? 0 : -(a * inverse * inverse * products / shape.Population);
        double c = hasFixedStatistics ? 0 : -(a * sum / shape.Population);
        for (int n = 0; n < shape.Batch; n++)
        {
            nint offset = shape.Offset(n, channel);
            Plane((TElement*)x + offset, (TElement*)dy + offset, (TElement*)dx + offset, TLanes.Repeat(center), TLanes.Broadcast(a), TLanes.Broadcast(b), TLanes.Broadcast(c));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane<TLanes, TElement>(TElement* px, TElement* pdy, TElement* pdx, TLanes center, TLanes a, TLanes b, TLanes c)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int i = 0;
        for (; i <= shape.Spatial - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = TLanes.MultiplyAdd(a, TLanes.Load(in pdy[i]), TLanes.MultiplyAdd(b, TLanes.Load(in px[i]) - center, c));
            TLanes.Store(accumulate ? TLanes.Load(in pdx[i]) + value : value, ref pdx[i]);
        }

        int rest = shape.Spatial - i;
        if (rest > 0)
        {
            TLanes value = TLanes.MultiplyAdd(a, TLanes.LoadPartial(pdy + i, rest, c), TLanes.MultiplyAdd(b, TLanes.LoadPartial(px + i, rest, center) - center, c));
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(pdx + i, rest, c) + value : value, pdx + i, rest);
        }
    }

    // One channel a lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns<TLanes, TElement>(int channel, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes zero = TLanes.Zero;
        TLanes center = TLanes.LoadPartial((TElement*)mean + channel, count, zero);
        TLanes sum = zero;
        TLanes products = zero;
        for (int block = 0; block < shape.Batch; block += RowBlock)
        {
            TLanes blockSum = zero;
            TLanes blockProducts = zero;
            for (int n = block; n < Math.Min(block + RowBlock, shape.Batch); n++)
            {
                TLanes gradient = TLanes.LoadPartial((TElement*)dy + shape.Offset(n, channel), count, zero);
                TLanes difference = TLanes.LoadPartial((TElement*)x + shape.Offset(n, channel), count, zero) - center;
                blockSum += gradient;
                blockProducts = TLanes.MultiplyAdd(difference, gradient, blockProducts);
            }

            sum += blockSum;
            products += blockProducts;
        }

        TLanes inverse = TLanes.Broadcast(1) / TLanes.Sqrt(TLanes.LoadPartial((TElement*)variance + channel, count, zero) + TLanes.Broadcast(epsilon));
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
            TLanes value = TLanes.MultiplyAdd(a, TLanes.LoadPartial((TElement*)dy + offset, count, zero), TLanes.MultiplyAdd(b, difference, c));
            TElement* destination = (TElement*)dx + offset;
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(destination, count, zero) + value : value, destination, count);
        }
    }
}

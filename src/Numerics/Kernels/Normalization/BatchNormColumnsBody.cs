using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Normalization.BatchInference"/> and <see cref="Normalization.BatchTraining"/> over the channels of [N, C], one a lane.</summary>
internal readonly unsafe struct BatchNormColumnsBody<TActivation>(BatchNormShape shape, TActivation activation, void* x, void* y, void* scale, void* bias, void* mean, void* variance, double epsilon, bool takesStatistics) : ILaneBody
    where TActivation : struct, IUnaryOperation
{
    // Rows whose sum is taken before it is added to the total: keeps the rounding error of tall matrices small.
    private const int RowBlock = 128;

    /// <summary>Does the channels [start, end).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int channel = start; channel < end; channel += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, end - channel);
            if (takesStatistics)
            {
                ColumnStatistics<TLanes, TElement>(channel, count);
            }

            Columns<TLanes, TElement>(channel, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ColumnStatistics<TLanes, TElement>(int channel, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes zero = TLanes.Zero;
        TLanes population = TLanes.Broadcast(shape.Batch);
        TLanes total = zero;
        for (int block = 0; block < shape.Batch; block += RowBlock)
        {
            TLanes sum = zero;
            for (int n = block; n < Math.Min(block + RowBlock, shape.Batch); n++)
            {
                sum += TLanes.LoadPartial((TElement*)x + shape.Offset(n, channel), count, zero);
            }

            total += sum;
        }

        TLanes center = total / population;
        TLanes squares = zero;
        for (int block = 0; block < shape.Batch; block += RowBlock)
        {
            TLanes sum = zero;
            for (int n = block; n < Math.Min(block + RowBlock, shape.Batch); n++)
            {
                TLanes difference = TLanes.LoadPartial((TElement*)x + shape.Offset(n, channel), count, zero) - center;
                sum = TLanes.MultiplyAdd(difference, difference, sum);
            }

            squares += sum;
        }

        TLanes.StorePartial(center, (TElement*)mean + channel, count);
        TLanes.StorePartial(squares / population, (TElement*)variance + channel, count);
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
        TLanes summand = TLanes.LoadPartial((TElement*)bias + channel, count, zero);
        for (int n = 0; n < shape.Batch; n++)
        {
            nint offset = shape.Offset(n, channel);
            TLanes value = TLanes.MultiplyAdd(TLanes.LoadPartial((TElement*)x + offset, count, zero) - center, factor, summand);
            TLanes.StorePartial(f.Invoke(value), (TElement*)y + offset, count);
        }
    }
}

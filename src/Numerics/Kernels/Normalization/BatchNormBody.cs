using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="Normalization.BatchInference"/> and <see cref="Normalization.BatchTraining"/>, over channels.</summary>
internal readonly unsafe struct BatchNormBody(BatchNormShape shape, void* x, void* y, void* scale, void* bias, void* mean, void* variance, double epsilon, bool takesStatistics) : ILaneBody
{
    // Rows whose sum is taken before it is added to the total: keeps the rounding error of tall matrices small.
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
                int count = Math.Min(TLanes.Count, end - channel);
                if (takesStatistics)
                {
                    ColumnStatistics<TLanes, TElement>(channel, count);
                }

                Columns<TLanes, TElement>(channel, count);
            }

            return;
        }

        for (int channel = start; channel < end; channel++)
        {
            if (takesStatistics)
            {
                PlaneStatistics<TLanes, TElement>(channel);
            }

            Planes<TLanes, TElement>(channel);
        }
    }

    // One place a lane.
    private void PlaneStatistics<TLanes, TElement>(int channel)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        double sum = 0;
        for (int n = 0; n < shape.Batch; n++)
        {
            var terms = new ElementTerms<TElement>((TElement*)x + shape.Offset(n, channel));
            sum += LongSum.Compute<ElementTerms<TElement>, TLanes, TElement>(terms, shape.Spatial);
        }

        TElement center = TElement.CreateTruncating(sum / shape.Population);
        double squares = 0;
        for (int n = 0; n < shape.Batch; n++)
        {
            var terms = new CenteredSquareTerms<TElement>((TElement*)x + shape.Offset(n, channel), center);
            squares += LongSum.Compute<CenteredSquareTerms<TElement>, TLanes, TElement>(terms, shape.Spatial);
        }

        ((TElement*)mean)[channel] = center;
        ((TElement*)variance)[channel] = TElement.CreateTruncating(squares / shape.Population);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Planes<TLanes, TElement>(int channel)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes center = TLanes.Repeat(((TElement*)mean)[channel]);
        TElement deviation = TElement.Sqrt(((TElement*)variance)[channel] + TElement.CreateTruncating(epsilon));
        TLanes factor = TLanes.Repeat(((TElement*)scale)[channel] / deviation);
        TLanes summand = TLanes.Repeat(((TElement*)bias)[channel]);
        for (int n = 0; n < shape.Batch; n++)
        {
            TElement* px = (TElement*)x + shape.Offset(n, channel);
            TElement* py = (TElement*)y + shape.Offset(n, channel);
            int i = 0;
            for (; i <= shape.Spatial - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(in px[i]) - center, factor, summand), ref py[i]);
            }

            int rest = shape.Spatial - i;
            if (rest > 0)
            {
                TLanes.StorePartial(TLanes.MultiplyAdd(TLanes.LoadPartial(px + i, rest, center) - center, factor, summand), py + i, rest);
            }
        }
    }

    // One channel a lane.
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
        TLanes zero = TLanes.Zero;
        TLanes center = TLanes.LoadPartial((TElement*)mean + channel, count, zero);
        TLanes deviation = TLanes.Sqrt(TLanes.LoadPartial((TElement*)variance + channel, count, zero) + TLanes.Broadcast(epsilon));
        TLanes factor = TLanes.LoadPartial((TElement*)scale + channel, count, zero) / deviation;
        TLanes summand = TLanes.LoadPartial((TElement*)bias + channel, count, zero);
        for (int n = 0; n < shape.Batch; n++)
        {
            nint offset = shape.Offset(n, channel);
            TLanes value = TLanes.MultiplyAdd(TLanes.LoadPartial((TElement*)x + offset, count, zero) - center, factor, summand);
            TLanes.StorePartial(value, (TElement*)y + offset, count);
        }
    }
}

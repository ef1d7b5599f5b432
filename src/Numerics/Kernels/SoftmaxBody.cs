using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Softmax"/>, over rows: maximum, exponentials, their ordered sum, division; then the row's
/// cross-entropy where there are targets or labels.
/// </summary>
internal readonly unsafe struct SoftmaxBody(void* x, void* y, void* targets, void* labels, void* losses, int columns) : ILaneBody
{
    private const int RowBlock = 64;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (columns <= TLanes.Count)
        {
            RowsInOneRegister<TLanes, TElement>(start, end);
            return;
        }

        for (int r = start; r < end; r++)
        {
            TElement* px = (TElement*)x + ((nint)r * columns);
            TElement* py = (TElement*)y + ((nint)r * columns);
            TElement max = Max<TLanes, TElement>(px, columns);

            TElement sum = Exponentials<TLanes, TElement>(px, py, max, columns);
            if (targets is not null)
            {
                var terms = new CrossEntropyTerms<TElement>(px, (TElement*)targets + ((nint)r * columns), max, Log<TLanes, TElement>(sum));
                ((TElement*)losses)[r] = OrderedSum.Compute<CrossEntropyTerms<TElement>, TLanes, TElement>(terms, columns);
            }
            else if (labels is not null)
            {
                int label = int.CreateTruncating(((TElement*)labels)[r]);
                ((TElement*)losses)[r] = Log<TLanes, TElement>(sum) - (px[label] - max);
            }

            Divide<TLanes, TElement>(py, sum, columns);
        }
    }

    // A row of few classes stays in one register. The lanes beyond it hold -∞, whose exponential adds 0 to the sum: the
    // result is that of the general loop, bit for bit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RowsInOneRegister<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes lowest = TLanes.Broadcast(double.NegativeInfinity);
        TElement* sums = stackalloc TElement[RowBlock];
        TElement* maxima = stackalloc TElement[RowBlock];
        for (int block = start; block < end; block += RowBlock)
        {
            int rows = Math.Min(RowBlock, end - block);
            TElement* px = (TElement*)x + ((nint)block * columns);
            TElement* py = (TElement*)y + ((nint)block * columns);
            for (int i = 0; i < rows; i++)
            {
                TLanes row = TLanes.LoadPartial(px + ((nint)i * columns), columns, lowest);
                TElement max = TLanes.MaxAcross(TLanes.Max(row, lowest));
                TLanes exponentials = TLanes.Exp(row - TLanes.Repeat(max));
                maxima[i] = max;
                sums[i] = TLanes.SumAcross(exponentials);
                if (losses is not null && labels is not null)
                {
                    maxima[i] = px[((nint)i * columns) + int.CreateTruncating(((TElement*)labels)[block + i])] - max;
                }

                TLanes.StorePartial(exponentials / TLanes.Repeat(sums[i]), py + ((nint)i * columns), columns);
            }

            if (losses is not null)
            {
                Losses<TLanes, TElement>(block, rows, sums, maxima);
            }
        }
    }

    // From the sums of the exponentials, and from what was subtracted or, with labels, from the label's shifted logit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Losses<TLanes, TElement>(int start, int rows, TElement* sums, TElement* shifts)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        // One logarithm serves as many rows as there are lanes.
        TElement* loss = (TElement*)losses + start;
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            TLanes logarithms = TLanes.Log(TLanes.LoadPartial(sums + i, rows - i, TLanes.Zero));
            TLanes.StorePartial(labels is null ? logarithms : logarithms - TLanes.LoadPartial(shifts + i, rows - i, TLanes.Zero), loss + i, rows - i);
        }

        for (int i = 0; targets is not null && i < rows; i++)
        {
            nint offset = ((nint)start + i) * columns;
            TLanes shifted = TLanes.LoadPartial((TElement*)x + offset, columns, TLanes.Zero) - TLanes.Repeat(shifts[i]);
            TLanes target = TLanes.LoadPartial((TElement*)targets + offset, columns, TLanes.Zero);
            loss[i] = TLanes.SumAcross(TLanes.MultiplyAdd(target, TLanes.Repeat(loss[i]) - shifted, TLanes.Zero));
        }
    }

    // NaNs are passed over here: their exponentials make the sum NaN.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Max<TLanes, TElement>(TElement* x, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes max = TLanes.Broadcast(double.NegativeInfinity);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            max = TLanes.Max(TLanes.Load(in x[i]), max);
        }

        return TLanes.MaxAcross(i < length ? TLanes.Max(TLanes.LoadPartial(x + i, length - i, max), max) : max);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Exponentials<TLanes, TElement>(TElement* x, TElement* y, TElement max, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes subtrahend = TLanes.Repeat(max);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Exp(TLanes.Load(in x[i]) - subtrahend), ref y[i]);
        }

        if (i < length)
        {
            TLanes.StorePartial(TLanes.Exp(TLanes.LoadPartial(x + i, length - i, subtrahend) - subtrahend), y + i, length - i);
        }

        return OrderedSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new(y), length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide<TLanes, TElement>(TElement* y, TElement sum, int length)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TLanes divisor = TLanes.Repeat(sum);
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(in y[i]) / divisor, ref y[i]);
        }

        if (i < length)
        {
            TLanes.StorePartial(TLanes.LoadPartial(y + i, length - i, divisor) / divisor, y + i, length - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TElement Log<TLanes, TElement>(TElement value)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        TLanes.MaxAcross(TLanes.Log(TLanes.Repeat(value)));
}

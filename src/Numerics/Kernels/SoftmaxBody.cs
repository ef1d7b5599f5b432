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
        if (columns <= TLanes.Count && targets is null)
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
        TElement* shifted = stackalloc TElement[RowBlock];
        for (int block = start; block < end; block += RowBlock)
        {
            int rows = Math.Min(RowBlock, end - block);
            for (int i = 0; i < rows; i++)
            {
                int r = block + i;
                TElement* px = (TElement*)x + ((nint)r * columns);
                TLanes row = TLanes.LoadPartial(px, columns, lowest);
                TElement max = TLanes.MaxAcross(TLanes.Max(row, lowest));
                TLanes exponentials = TLanes.Exp(row - TLanes.Repeat(max));
                sums[i] = TLanes.SumAcross(exponentials);
                shifted[i] = labels is null ? default : px[int.CreateTruncating(((TElement*)labels)[r])] - max;
                TLanes.StorePartial(exponentials / TLanes.Repeat(sums[i]), (TElement*)y + ((nint)r * columns), columns);
            }

            // One logarithm serves as many rows as there are lanes.
            for (int i = 0; labels is not null && i < rows; i += TLanes.Count)
            {
                TLanes loss = TLanes.Log(TLanes.LoadPartial(sums + i, rows - i, lowest)) - TLanes.LoadPartial(shifted + i, rows - i, lowest);
                TLanes.StorePartial(loss, (TElement*)losses + block + i, rows - i);
            }
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

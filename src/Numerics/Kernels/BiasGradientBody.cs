using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="ElementWise.UnaryBackwardWithRowSums"/>, over columns. Rows are read in the order of memory, four at a time, and add to one row of
/// sums; the sums have the order of <see cref="SumRowsBody"/>, and so its bits.
/// </summary>
internal readonly unsafe struct BiasGradientBody<TOperation>(TOperation operation, void* y, void* dy, void* dx, void* sums, int rows, int columns, bool accumulate) : ILaneBody
    where TOperation : struct, IDifferentiableOperation
{
    private const int RowsAtOnce = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        // Whole registers of both, whatever the last columns are.
        int width = end - start;
        int padded = (width + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        TElement* total = ThreadScratch.Rent<TElement>(2 * padded);
        TElement* block = total + padded;
        new Span<TElement>(total, padded).Clear();
        for (int from = 0; from < rows; from += SumRowsBody.RowBlock)
        {
            new Span<TElement>(block, padded).Clear();
            int to = Math.Min(from + SumRowsBody.RowBlock, rows);
            int row = from;
            for (; row <= to - RowsAtOnce; row += RowsAtOnce)
            {
                FourRows<TLanes, TElement>(((nint)row * columns) + start, width, block);
            }

            for (; row < to; row++)
            {
                OneRow<TLanes, TElement>(((nint)row * columns) + start, width, block);
            }

            for (int c = 0; c < padded; c += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(in total[c]) + TLanes.Load(in block[c]), ref total[c]);
            }
        }

        TElement* destination = (TElement*)sums + start;
        for (int c = 0; c < width; c += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, width - c);
            TLanes sum = TLanes.Load(in total[c]);
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(destination + c, count, TLanes.Zero) + sum : sum, destination + c, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourRows<TLanes, TElement>(nint offset, int width, TElement* block)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        nint stride = columns;
        int c = 0;
        for (; c <= width - TLanes.Count; c += TLanes.Count)
        {
            nint at = offset + c;
            TLanes sum = TLanes.Load(in block[c]);
            sum += Derive<TLanes, TElement>(at);
            sum += Derive<TLanes, TElement>(at + stride);
            sum += Derive<TLanes, TElement>(at + (2 * stride));
            sum += Derive<TLanes, TElement>(at + (3 * stride));
            TLanes.Store(sum, ref block[c]);
        }

        for (int row = 0; row < RowsAtOnce && c < width; row++)
        {
            Tail<TLanes, TElement>(offset + (row * stride) + c, width - c, block + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Derive<TLanes, TElement>(nint at)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        TLanes output = TLanes.Load(in ((TElement*)y)[at]);
        TLanes value = operation.Backward(output, output, TLanes.Load(in ((TElement*)dy)[at]));
        TLanes.Store(value, ref ((TElement*)dx)[at]);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OneRow<TLanes, TElement>(nint offset, int width, TElement* block)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        for (int c = 0; c < width; c += TLanes.Count)
        {
            Tail<TLanes, TElement>(offset + c, Math.Min(TLanes.Count, width - c), block + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tail<TLanes, TElement>(nint offset, int count, TElement* sum)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        TLanes output = TLanes.LoadPartial((TElement*)y + offset, count, TLanes.Zero);
        TLanes value = operation.Backward(output, output, TLanes.LoadPartial((TElement*)dy + offset, count, TLanes.Zero));
        TLanes.StorePartial(value, (TElement*)dx + offset, count);
        TLanes.Store(TLanes.Load(in *sum) + value, ref *sum);
    }
}

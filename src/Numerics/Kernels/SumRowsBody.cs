using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The loop of <see cref="Reduction.SumRows"/>, over columns. A lane holds one column's sum; rows are added in their order,
/// in blocks whose sums are added in turn, which keeps the rounding error of tall matrices small.
/// </summary>
internal readonly unsafe struct SumRowsBody(void* x, void* y, int rows, int columns, bool accumulate) : ILaneBody
{
    /// <summary>The rows of a block.</summary>
    internal const int RowBlock = 128;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int c = start;

        // Four registers at once: the additions of one wait for each other.
        for (; c <= end - (4 * TLanes.Count); c += 4 * TLanes.Count)
        {
            TLanes t0 = TLanes.Zero;
            TLanes t1 = TLanes.Zero;
            TLanes t2 = TLanes.Zero;
            TLanes t3 = TLanes.Zero;
            TElement* row = (TElement*)x + c;
            for (int block = 0; block < rows; block += RowBlock)
            {
                TLanes s0 = TLanes.Zero;
                TLanes s1 = TLanes.Zero;
                TLanes s2 = TLanes.Zero;
                TLanes s3 = TLanes.Zero;
                for (int r = Math.Min(RowBlock, rows - block); r > 0; r--)
                {
                    s0 += TLanes.Load(in row[0]);
                    s1 += TLanes.Load(in row[TLanes.Count]);
                    s2 += TLanes.Load(in row[2 * TLanes.Count]);
                    s3 += TLanes.Load(in row[3 * TLanes.Count]);
                    row += columns;
                }

                t0 += s0;
                t1 += s1;
                t2 += s2;
                t3 += s3;
            }

            Store<TLanes, TElement>(t0, c);
            Store<TLanes, TElement>(t1, c + TLanes.Count);
            Store<TLanes, TElement>(t2, c + (2 * TLanes.Count));
            Store<TLanes, TElement>(t3, c + (3 * TLanes.Count));
        }

        for (; c < end; c += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, end - c);
            TLanes total = TLanes.Zero;
            TElement* row = (TElement*)x + c;
            for (int block = 0; block < rows; block += RowBlock)
            {
                TLanes sum = TLanes.Zero;
                for (int r = Math.Min(RowBlock, rows - block); r > 0; r--)
                {
                    sum += count == TLanes.Count ? TLanes.Load(in *row) : TLanes.LoadPartial(row, count, TLanes.Zero);
                    row += columns;
                }

                total += sum;
            }

            TElement* destination = (TElement*)y + c;
            TLanes.StorePartial(accumulate ? TLanes.LoadPartial(destination, count, TLanes.Zero) + total : total, destination, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes, TElement>(TLanes total, int column)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        ref TElement destination = ref ((TElement*)y)[column];
        TLanes.Store(accumulate ? TLanes.Load(in destination) + total : total, ref destination);
    }
}

using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Reductions with an order of summation that depends on the sizes alone: not on the number of workers, nor on the
/// instruction set.
/// </summary>
public static unsafe class Reduction
{
    // Sums of more terms are added block by block in binary64, which keeps the rounding error of long sums small.
    private const int Block = 1024;

    // Elements of a part of a matrix below which a sleeping worker would wake too late to help.
    private const int Grain = 32768;

    /// <summary>Σ x[i]; 0 for an empty span.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum;
        fixed (T* px = x)
        {
            var body = new SumBody(px, null, &sum);
            LaneTraversal.Dispatch<SumBody, T>(ref body, 0, x.Length, KernelSet.CurrentLevel);
        }

        return sum;
    }

    /// <summary>The dot product of two vectors: Σ x[i] · y[i].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(y.Length, x.Length);
        T sum;
        fixed (T* px = x, py = y)
        {
            var body = new SumBody(px, py, &sum);
            LaneTraversal.Dispatch<SumBody, T>(ref body, 0, x.Length, KernelSet.CurrentLevel);
        }

        return sum;
    }

    /// <summary>y[c] = Σ_r x[r,c], or y[c] += … when accumulating: a bias's gradient.</summary>
    /// <exception cref="ArgumentException">A length is not its matrix's.</exception>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(x.Length, rows, columns);
        Check.Length(y.Length, columns);
        fixed (T* px = x, py = y)
        {
            var body = new SumRowsBody(px, py, rows, columns, accumulate);
            LaneTraversal.Run<SumRowsBody, T>(ref body, columns, Grain / Math.Max(rows, 1), LaneTraversal.ElementAlignment, workers);
        }
    }

    /// <summary>The index of the greatest element of every row; the first of equals. A NaN counts as the greatest.</summary>
    /// <exception cref="ArgumentException">A length is not its matrix's, or there are rows without columns.</exception>
    public static void ArgMax<T>(ReadOnlySpan<T> x, Span<int> indices, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Matrix(x.Length, rows, columns);
        Check.Length(indices.Length, rows);
        if (columns == 0 && rows > 0)
        {
            throw new ArgumentException("columns: expected 1 or more, got 0; an empty row has no greatest element.", nameof(columns));
        }

        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * columns, columns);
            int best = 0;
            for (int c = 1; c < row.Length && !T.IsNaN(row[best]); c++)
            {
                // Not "greater": a NaN compares false with everything and must win.
                best = row[c] <= row[best] ? best : c;
            }

            indices[r] = best;
        }
    }

    private readonly struct SumBody(void* x, void* y, void* sum) : ILaneBody
    {
        public void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            double total = 0;
            for (int i = start; i < end; i += Block)
            {
                int length = Math.Min(Block, end - i);
                TElement sumOfBlock = y is null
                    ? OrderedSum.Compute<ElementTerms<TElement>, TLanes, TElement>(new((TElement*)x + i), length)
                    : OrderedSum.Compute<ProductTerms<TElement>, TLanes, TElement>(new((TElement*)x + i, (TElement*)y + i), length);
                total += double.CreateTruncating(sumOfBlock);
            }

            *(TElement*)sum = TElement.CreateTruncating(total);
        }
    }
}

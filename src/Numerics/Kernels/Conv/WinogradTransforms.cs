using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4×4, 3×3), by the construction of Toom and Cook: a 3×3 correlation of a 6×6 tile d with weights g is
/// y = Aᵀ·[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]·A, 36 products for 4×4 results, where the definition has 144. Its rows and columns are polynomials evaluated at 0, ±a, ±b and ∞.
/// </summary>
/// <remarks>
/// <para>Source: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016 (arXiv:1509.09308), whose points are 0, ±1, ±2, ∞. With the points here, 0, ±¾, ±1½
/// and ∞, Aᵀ and Bᵀ are exact in binary too, and their elements closer to 1, so that sums cancel less. What makes the error: B. Barabasz et al., "Error Analysis and Improving the
/// Accuracy of Winograd Convolution for Deep Neural Networks", ACM TOMS 46, 2020.</para>
/// <para>Every transform is written over lanes that hold independent tiles, as additions and fused multiply-adds in a fixed order: the same bits on every kernel set.</para>
/// </remarks>
internal static unsafe class WinogradTransforms
{
    /// <summary>Rows and columns of a tile's results.</summary>
    public const int Outputs = 4;

    /// <summary>Rows and columns of a tile's inputs.</summary>
    public const int Inputs = 6;

    /// <summary>The elements of a transformed tile.</summary>
    public const int Frequencies = Inputs * Inputs;

    /// <summary>Elements of memory that every transform of two dimensions needs for what the first dimension gives.</summary>
    public const int Between = Frequencies * 16;

    /// <summary>a, a point.</summary>
    public const double A = 0.75;

    /// <summary>b, a point.</summary>
    public const double B = 1.5;

    /// <summary>a².</summary>
    public const double A2 = A * A;

    /// <summary>b².</summary>
    public const double B2 = B * B;

    /// <summary>From one frequency to the next of <paramref name="count"/> elements each: an odd number of cache lines, so that the 36 that are written together do not share the sets of a cache.</summary>
    public static nint Stride(nint count) => (((count + 15) / 16) | 1) * 16;

    /// <summary>How many of <paramref name="rest"/> elements to transpose where <paramref name="count"/> are needed: whole vectors, which is faster, where there are so many.</summary>
    public static int WholeVectors(int count, nint rest) => ((count + 15) & ~15) is int whole && whole <= rest ? whole : count;

    /// <summary>Bᵀ·d·B.</summary>
    /// <param name="rows">Where each of the six rows of d begins.</param>
    /// <param name="columnStride">From one column of d to the next.</param>
    /// <param name="from">The first column that there is; those before it are zero.</param>
    /// <param name="to">The end of the columns that there are; those from it on are zero.</param>
    /// <param name="lane">What is added to each row.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="transformed">The first element of the result.</param>
    /// <param name="stride">From one element of the result to the next, in the order of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes, T>(T** rows, nint columnStride, int from, int to, nint lane, T* between, T* transformed, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int j = 0; j < Inputs; j++)
        {
            T* column = between + (j * count);
            if (j >= from && j < to)
            {
                nint offset = (j * columnStride) + lane;
                StoreInput(
                    Load<TLanes, T>(rows[0] + offset),
                    Load<TLanes, T>(rows[1] + offset),
                    Load<TLanes, T>(rows[2] + offset),
                    Load<TLanes, T>(rows[3] + offset),
                    Load<TLanes, T>(rows[4] + offset),
                    Load<TLanes, T>(rows[5] + offset),
                    column,
                    Inputs * count);
                continue;
            }

            for (int i = 0; i < Inputs; i++)
            {
                Store(TLanes.Zero, column + (i * Inputs * count));
            }
        }

        for (int i = 0; i < Inputs; i++)
        {
            T* row = between + (i * Inputs * count);
            StoreInput(
                Load<TLanes, T>(row),
                Load<TLanes, T>(row + count),
                Load<TLanes, T>(row + (2 * count)),
                Load<TLanes, T>(row + (3 * count)),
                Load<TLanes, T>(row + (4 * count)),
                Load<TLanes, T>(row + (5 * count)),
                transformed,
                stride);
            transformed += Inputs * stride;
        }
    }

    /// <summary>Aᵀ·m·A.</summary>
    /// <param name="transformed">The first element of m.</param>
    /// <param name="stride">From one element of m to the next, in the order of rows.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="offset">Added to every result.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="rows">The rows of the result to store, 4 at most.</param>
    /// <param name="columns">The columns of the result to store, 4 at most.</param>
    /// <param name="result">The first element of the result.</param>
    /// <param name="rowStride">From one row of the result to the next.</param>
    /// <param name="columnStride">From one column of the result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, T>(T* transformed, nint stride, T* between, TLanes offset, bool relu, int rows, int columns, T* result, nint rowStride, nint columnStride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int j = 0; j < Inputs; j++)
        {
            T* column = transformed + (j * stride);
            TLanes m0 = Load<TLanes, T>(column);
            TLanes m1 = Load<TLanes, T>(column + (6 * stride));
            TLanes m2 = Load<TLanes, T>(column + (12 * stride));
            TLanes m3 = Load<TLanes, T>(column + (18 * stride));
            TLanes m4 = Load<TLanes, T>(column + (24 * stride));
            TLanes m5 = Load<TLanes, T>(column + (30 * stride));
            TLanes sumA = m1 + m2, differenceA = m1 - m2, sumB = m3 + m4, differenceB = m3 - m4;
            T* target = between + (j * count);
            Store(m0 + (sumA + sumB), target);
            Store(Combine(differenceA, A, differenceB, B), target + (6 * count));
            Store(Combine(sumA, A2, sumB, B2), target + (12 * count));
            Store(Combine(differenceA, A * A2, differenceB, B * B2, m5), target + (18 * count));
        }

        for (int i = 0; i < rows; i++)
        {
            T* row = between + (i * Inputs * count);
            TLanes m0 = Load<TLanes, T>(row);
            TLanes m1 = Load<TLanes, T>(row + count);
            TLanes m2 = Load<TLanes, T>(row + (2 * count));
            TLanes m3 = Load<TLanes, T>(row + (3 * count));
            TLanes m4 = Load<TLanes, T>(row + (4 * count));
            TLanes m5 = Load<TLanes, T>(row + (5 * count));
            TLanes sumA = m1 + m2, differenceA = m1 - m2, sumB = m3 + m4, differenceB = m3 - m4;
            TLanes y0 = (m0 + (sumA + sumB)) + offset;
            TLanes y1 = Combine(differenceA, A, differenceB, B) + offset;
            TLanes y2 = Combine(sumA, A2, sumB, B2) + offset;
            TLanes y3 = Combine(differenceA, A * A2, differenceB, B * B2, m5) + offset;
            if (relu)
            {
                y0 = TLanes.Max(TLanes.Zero, y0);
                y1 = TLanes.Max(TLanes.Zero, y1);
                y2 = TLanes.Max(TLanes.Zero, y2);
                y3 = TLanes.Max(TLanes.Zero, y3);
            }

            Store(y0, result);
            if (columns > 1)
            {
                Store(y1, result + columnStride);
            }

            if (columns > 2)
            {
                Store(y2, result + (2 * columnStride));
            }

            if (columns > 3)
            {
                Store(y3, result + (3 * columnStride));
            }

            result += rowStride;
        }
    }

    /// <summary>A·y·Aᵀ, what <see cref="Output"/> makes of a gradient.</summary>
    /// <param name="rows">Where each of the four rows of y begins.</param>
    /// <param name="columnStride">From one column of y to the next.</param>
    /// <param name="to">The columns of y that there are; those from it on are zero.</param>
    /// <param name="lane">What is added to each row.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="transformed">The first element of the result.</param>
    /// <param name="stride">From one element of the result to the next, in the order of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<TLanes, T>(T** rows, nint columnStride, int to, nint lane, T* between, T* transformed, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int j = 0; j < Outputs; j++)
        {
            T* column = between + (j * count);
            if (j < to)
            {
                nint offset = (j * columnStride) + lane;
                StoreOutputGradient(
                    Load<TLanes, T>(rows[0] + offset), Load<TLanes, T>(rows[1] + offset), Load<TLanes, T>(rows[2] + offset), Load<TLanes, T>(rows[3] + offset), column, Outputs * count);
                continue;
            }

            for (int i = 0; i < Inputs; i++)
            {
                Store(TLanes.Zero, column + (i * Outputs * count));
            }
        }

        for (int i = 0; i < Inputs; i++)
        {
            T* row = between + (i * Outputs * count);
            StoreOutputGradient(Load<TLanes, T>(row), Load<TLanes, T>(row + count), Load<TLanes, T>(row + (2 * count)), Load<TLanes, T>(row + (3 * count)), transformed, stride);
            transformed += Inputs * stride;
        }
    }

    /// <summary>Adds B·p·Bᵀ, what <see cref="Input"/> makes of a gradient, to a 6×6 tile.</summary>
    /// <param name="transformed">The first element of p.</param>
    /// <param name="stride">From one element of p to the next, in the order of rows.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="sums">The first element of the tile, were its first column there.</param>
    /// <param name="rowStride">From one row of the tile to the next.</param>
    /// <param name="columnStride">From one column of the tile to the next.</param>
    /// <param name="from">The first column that there is; those before it are left out.</param>
    /// <param name="to">The end of the columns that there are; those from it on are left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddInputGradient<TLanes, T>(T* transformed, nint stride, T* between, T* sums, nint rowStride, nint columnStride, int from, int to)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int i = 0; i < Inputs; i++)
        {
            T* row = transformed + (i * Inputs * stride);
            StoreInputGradient(
                Load<TLanes, T>(row),
                Load<TLanes, T>(row + stride),
                Load<TLanes, T>(row + (2 * stride)),
                Load<TLanes, T>(row + (3 * stride)),
                Load<TLanes, T>(row + (4 * stride)),
                Load<TLanes, T>(row + (5 * stride)),
                between + (i * count),
                Inputs * count);
        }

        // Column j of the tile lies in a row of what is between.
        for (int j = Math.Max(from, 0); j < Math.Min(to, Inputs); j++)
        {
            T* column = between + (j * Inputs * count);
            AddInputGradient(
                Load<TLanes, T>(column),
                Load<TLanes, T>(column + count),
                Load<TLanes, T>(column + (2 * count)),
                Load<TLanes, T>(column + (3 * count)),
                Load<TLanes, T>(column + (4 * count)),
                Load<TLanes, T>(column + (5 * count)),
                sums + (j * columnStride),
                rowStride);
        }
    }

    /// <summary>Copies <paramref name="count"/> elements, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TLanes, T>(T* source, T* destination, int count, bool adds)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        for (; count >= TLanes.Count; count -= TLanes.Count)
        {
            TLanes value = Load<TLanes, T>(source);
            Store(adds ? Load<TLanes, T>(destination) + value : value, destination);
            source += TLanes.Count;
            destination += TLanes.Count;
        }

        if (count > 0)
        {
            TLanes value = TLanes.LoadPartial(source, count, TLanes.Zero);
            TLanes.StorePartial(adds ? TLanes.LoadPartial(destination, count, TLanes.Zero) + value : value, destination, count);
        }
    }

    // Bᵀ of one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInput<TLanes, T>(TLanes d0, TLanes d1, TLanes d2, TLanes d3, TLanes d4, TLanes d5, T* destination, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes minusA2 = TLanes.Broadcast(-A2), minusB2 = TLanes.Broadcast(-B2), minusSum = TLanes.Broadcast(-(A2 + B2)), product = TLanes.Broadcast(A2 * B2);
        TLanes a = TLanes.Broadcast(A), minusA = TLanes.Broadcast(-A), b = TLanes.Broadcast(B), minusB = TLanes.Broadcast(-B);
        TLanes evenA = TLanes.MultiplyAdd(minusB2, d2, d4);
        TLanes oddA = TLanes.MultiplyAdd(minusB2, d1, d3);
        TLanes evenB = TLanes.MultiplyAdd(minusA2, d2, d4);
        TLanes oddB = TLanes.MultiplyAdd(minusA2, d1, d3);
        Store(TLanes.MultiplyAdd(product, d0, TLanes.MultiplyAdd(minusSum, d2, d4)), destination);
        Store(TLanes.MultiplyAdd(a, oddA, evenA), destination + stride);
        Store(TLanes.MultiplyAdd(minusA, oddA, evenA), destination + (2 * stride));
        Store(TLanes.MultiplyAdd(b, oddB, evenB), destination + (3 * stride));
        Store(TLanes.MultiplyAdd(minusB, oddB, evenB), destination + (4 * stride));
        Store(TLanes.MultiplyAdd(product, d1, TLanes.MultiplyAdd(minusSum, d3, d5)), destination + (5 * stride));
    }

    // B of one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInputGradient<TLanes, T>(TLanes p0, TLanes p1, TLanes p2, TLanes p3, TLanes p4, TLanes p5, T* destination, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes product = TLanes.Broadcast(A2 * B2), minusSum = TLanes.Broadcast(-(A2 + B2));
        TLanes sumA = p1 + p2, differenceA = p1 - p2, sumB = p3 + p4, differenceB = p3 - p4;
        Store(product * p0, destination);
        Store(Combine(differenceA, -A * B2, differenceB, -B * A2, product * p5), destination + stride);
        Store(Combine(sumA, -B2, sumB, -A2, minusSum * p0), destination + (2 * stride));
        Store(Combine(differenceA, A, differenceB, B, minusSum * p5), destination + (3 * stride));
        Store(p0 + (sumA + sumB), destination + (4 * stride));
        Store(p5, destination + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddInputGradient<TLanes, T>(TLanes p0, TLanes p1, TLanes p2, TLanes p3, TLanes p4, TLanes p5, T* sums, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes product = TLanes.Broadcast(A2 * B2), minusSum = TLanes.Broadcast(-(A2 + B2));
        TLanes sumA = p1 + p2, differenceA = p1 - p2, sumB = p3 + p4, differenceB = p3 - p4;
        Add(product * p0, sums);
        Add(Combine(differenceA, -A * B2, differenceB, -B * A2, product * p5), sums + stride);
        Add(Combine(sumA, -B2, sumB, -A2, minusSum * p0), sums + (2 * stride));
        Add(Combine(differenceA, A, differenceB, B, minusSum * p5), sums + (3 * stride));
        Add(p0 + (sumA + sumB), sums + (4 * stride));
        Add(p5, sums + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, T>(TLanes value, T* sum)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged => Store(Load<TLanes, T>(sum) + value, sum);

    // A of one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreOutputGradient<TLanes, T>(TLanes d0, TLanes d1, TLanes d2, TLanes d3, T* destination, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes a2 = TLanes.Broadcast(A2), b2 = TLanes.Broadcast(B2);
        TLanes a = TLanes.Broadcast(A), minusA = TLanes.Broadcast(-A), b = TLanes.Broadcast(B), minusB = TLanes.Broadcast(-B);
        TLanes evenA = TLanes.MultiplyAdd(a2, d2, d0);
        TLanes oddA = TLanes.MultiplyAdd(a2, d3, d1);
        TLanes evenB = TLanes.MultiplyAdd(b2, d2, d0);
        TLanes oddB = TLanes.MultiplyAdd(b2, d3, d1);
        Store(d0, destination);
        Store(TLanes.MultiplyAdd(a, oddA, evenA), destination + stride);
        Store(TLanes.MultiplyAdd(minusA, oddA, evenA), destination + (2 * stride));
        Store(TLanes.MultiplyAdd(b, oddB, evenB), destination + (3 * stride));
        Store(TLanes.MultiplyAdd(minusB, oddB, evenB), destination + (4 * stride));
        Store(d3, destination + (5 * stride));
    }

    /// <summary>factorOfA · a + factorOfB · b, the first fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Combine<TLanes>(TLanes a, double factorOfA, TLanes b, double factorOfB)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(factorOfA), a, TLanes.Broadcast(factorOfB) * b);

    /// <summary>factorOfA · a + (factorOfB · b + c), both fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Combine<TLanes>(TLanes a, double factorOfA, TLanes b, double factorOfB, TLanes c)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(factorOfA), a, TLanes.MultiplyAdd(TLanes.Broadcast(factorOfB), b, c));

    /// <summary>Reads whole lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes, T>(T* source)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged => TLanes.Load(in *source);

    /// <summary>Writes whole lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, T>(TLanes value, T* destination)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged => TLanes.Store(value, ref *destination);
}

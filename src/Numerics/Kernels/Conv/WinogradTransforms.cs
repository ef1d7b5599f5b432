using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4×4, 3×3), by the construction of Toom and Cook: a 3×3 correlation of a 6×6 tile d with weights g is
/// y = Aᵀ·[(G·g·Gᵀ) ⊙ (Bᵀ·d·B)]·A, 36 products for 4×4 results, where the definition has 144. Its rows and columns are polynomials evaluated at 0, ±a, ±b and ∞.
/// </summary>
/// <remarks>
/// <para>Source: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016 (arXiv:1509.09308), whose points are 0, ±1, ±2, ∞. The points here round
/// less: B. Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks", ACM TOMS 46, 2020, says what makes the error.</para>
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

    /// <summary>The weights of a pair of channels.</summary>
    public const int Taps = 9;

    /// <summary>Elements of memory that every transform of two dimensions needs for what the first dimension gives.</summary>
    public const int Between = Frequencies * 16;

    private const double A = 0.75;
    private const double B = 1.5;
    private const double A2 = A * A;
    private const double B2 = B * B;
    private const double AtA = 1 / (2 * A2 * (A2 - B2));
    private const double AtB = 1 / (2 * B2 * (B2 - A2));

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
    /// <param name="bias">Added to every result.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="rows">The rows of the result to store, 4 at most.</param>
    /// <param name="columns">The columns of the result to store, 4 at most.</param>
    /// <param name="result">The first element of the result.</param>
    /// <param name="rowStride">From one row of the result to the next.</param>
    /// <param name="columnStride">From one column of the result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes, T>(T* transformed, nint stride, T* between, T bias, bool relu, int rows, int columns, T* result, nint rowStride, nint columnStride)
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

        TLanes offset = TLanes.Repeat(bias);
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

    /// <summary>G·g·Gᵀ of weights across the lanes.</summary>
    /// <param name="weights">The first tap.</param>
    /// <param name="tapStride">From one tap to the next; negative to read them from the last, which turns the kernel round.</param>
    /// <param name="lanes">The lanes that there are; the others are zero.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="transformed">The first element of the result, whole vectors.</param>
    /// <param name="stride">From one element of the result to the next, in the order of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<TLanes, T>(T* weights, nint tapStride, int lanes, T* between, T* transformed, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int j = 0; j < 3; j++)
        {
            T* column = weights + (j * tapStride);
            StoreWeights(
                TLanes.LoadPartial(column, lanes, TLanes.Zero),
                TLanes.LoadPartial(column + (3 * tapStride), lanes, TLanes.Zero),
                TLanes.LoadPartial(column + (6 * tapStride), lanes, TLanes.Zero),
                between + (j * count),
                3 * count);
        }

        for (int i = 0; i < Inputs; i++)
        {
            T* row = between + (i * 3 * count);
            StoreWeights(Load<TLanes, T>(row), Load<TLanes, T>(row + count), Load<TLanes, T>(row + (2 * count)), transformed, stride);
            transformed += Inputs * stride;
        }
    }

    /// <summary>Gᵀ·u·G, what <see cref="Weights"/> makes of a gradient; u is the sum of several arrays, added in their order.</summary>
    /// <param name="transformed">The first element of the first array.</param>
    /// <param name="stride">From one element to the next, in the order of rows.</param>
    /// <param name="arrays">How many arrays.</param>
    /// <param name="arrayStride">From one array to the next.</param>
    /// <param name="between">Memory of <see cref="Between"/> elements.</param>
    /// <param name="gradient">The gradient of the first tap.</param>
    /// <param name="tapStride">From one tap to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightGradient<TLanes, T>(T* transformed, nint stride, int arrays, nint arrayStride, T* between, T* gradient, nint tapStride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = TLanes.Count;
        for (int j = 0; j < Inputs; j++)
        {
            T* column = transformed + (j * stride);
            StoreWeightGradient(
                Sum<TLanes, T>(column, arrays, arrayStride),
                Sum<TLanes, T>(column + (6 * stride), arrays, arrayStride),
                Sum<TLanes, T>(column + (12 * stride), arrays, arrayStride),
                Sum<TLanes, T>(column + (18 * stride), arrays, arrayStride),
                Sum<TLanes, T>(column + (24 * stride), arrays, arrayStride),
                Sum<TLanes, T>(column + (30 * stride), arrays, arrayStride),
                between + (j * count),
                Inputs * count);
        }

        for (int i = 0; i < 3; i++)
        {
            T* row = between + (i * Inputs * count);
            StoreWeightGradient(
                Load<TLanes, T>(row),
                Load<TLanes, T>(row + count),
                Load<TLanes, T>(row + (2 * count)),
                Load<TLanes, T>(row + (3 * count)),
                Load<TLanes, T>(row + (4 * count)),
                Load<TLanes, T>(row + (5 * count)),
                gradient,
                tapStride);
            gradient += 3 * tapStride;
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

    // G of one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWeights<TLanes, T>(TLanes g0, TLanes g1, TLanes g2, T* destination, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes evenA = Combine(g0, AtA, g2, AtA * A2);
        TLanes oddA = TLanes.Broadcast(AtA * A) * g1;
        TLanes evenB = Combine(g0, AtB, g2, AtB * B2);
        TLanes oddB = TLanes.Broadcast(AtB * B) * g1;
        Store(TLanes.Broadcast(1 / (A2 * B2)) * g0, destination);
        Store(evenA + oddA, destination + stride);
        Store(evenA - oddA, destination + (2 * stride));
        Store(evenB + oddB, destination + (3 * stride));
        Store(evenB - oddB, destination + (4 * stride));
        Store(g2, destination + (5 * stride));
    }

    // Gᵀ of one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWeightGradient<TLanes, T>(TLanes u0, TLanes u1, TLanes u2, TLanes u3, TLanes u4, TLanes u5, T* destination, nint stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes sumA = u1 + u2, sumB = u3 + u4;
        Store(TLanes.MultiplyAdd(TLanes.Broadcast(1 / (A2 * B2)), u0, Combine(sumA, AtA, sumB, AtB)), destination);
        Store(Combine(u1 - u2, AtA * A, u3 - u4, AtB * B), destination + stride);
        Store(Combine(sumA, AtA * A2, sumB, AtB * B2, u5), destination + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Combine<TLanes>(TLanes a, double factorOfA, TLanes b, double factorOfB)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(factorOfA), a, TLanes.Broadcast(factorOfB) * b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Combine<TLanes>(TLanes a, double factorOfA, TLanes b, double factorOfB, TLanes c)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(factorOfA), a, TLanes.MultiplyAdd(TLanes.Broadcast(factorOfB), b, c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sum<TLanes, T>(T* source, int arrays, nint arrayStride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes sum = Load<TLanes, T>(source);
        for (int array = 1; array < arrays; array++)
        {
            sum += Load<TLanes, T>(source + (array * arrayStride));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load<TLanes, T>(T* source)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged => TLanes.Load(in *source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, T>(TLanes value, T* destination)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged => TLanes.Store(value, ref *destination);
}

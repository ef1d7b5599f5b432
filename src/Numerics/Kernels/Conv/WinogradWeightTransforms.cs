using System.Numerics;
using System.Runtime.CompilerServices;
using static Toolkit.Numerics.Kernels.WinogradTransforms;

namespace Toolkit.Numerics.Kernels;

/// <summary>What <see cref="WinogradTransforms"/> makes of weights, and of the gradients of transformed weights.</summary>
internal static unsafe class WinogradWeightTransforms
{
    /// <summary>The weights of a pair of channels.</summary>
    public const int Taps = 9;

    // 1 over the product of a point's differences from the other points.
    private const double At0 = 1 / (A2 * B2);
    private const double AtA = 1 / (2 * A2 * (A2 - B2));
    private const double AtB = 1 / (2 * B2 * (B2 - A2));

    /// <summary>G·g·Gᵀ of weights across the lanes.</summary>
    /// <param name="weights">The first tap.</param>
    /// <param name="tapStride">From one tap to the next; negative to read them from the last, which turns the kernel round.</param>
    /// <param name="lanes">The lanes that there are; the others are zero.</param>
    /// <param name="between">Memory of <see cref="WinogradTransforms.Between"/> elements.</param>
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
    /// <param name="between">Memory of <see cref="WinogradTransforms.Between"/> elements.</param>
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
        Store(TLanes.Broadcast(At0) * g0, destination);
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
        Store(TLanes.MultiplyAdd(TLanes.Broadcast(At0), u0, Combine(sumA, AtA, sumB, AtB)), destination);
        Store(Combine(u1 - u2, AtA * A, u3 - u4, AtB * B), destination + stride);
        Store(Combine(sumA, AtA * A2, sumB, AtB * B2, u5), destination + (2 * stride));
    }

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
}

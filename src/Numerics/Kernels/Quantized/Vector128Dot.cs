using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>128-bit vectors of words: PMADDWD on x86, SMULL and ADDP on Arm without dot product, portable elsewhere. No sum of two products can overflow, whatever the factors.</summary>
internal unsafe struct Vector128Dot : IDot<Vector128<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static Vector128<int> Zero => Vector128<int>.Zero;

    /// <inheritdoc/>
    public static Vector128<int> Load(byte* source) => Vector128.Load((int*)source);

    /// <inheritdoc/>
    public static Vector128<int> Broadcast(byte* source) => Vector128.Create(*(int*)source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> sums, Vector128<int> a, Vector128<int> b)
    {
        if (Sse2.IsSupported)
        {
            return sums + Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return sums + AdvSimd.Arm64.AddPairwise(
                AdvSimd.MultiplyWideningLower(a.AsInt16().GetLower(), b.AsInt16().GetLower()),
                AdvSimd.MultiplyWideningUpper(a.AsInt16(), b.AsInt16()));
        }

        // The words of each lane, sign-extended.
        return sums + (Vector128.ShiftRightArithmetic(a << 16, 16) * Vector128.ShiftRightArithmetic(b << 16, 16)) + (Vector128.ShiftRightArithmetic(a, 16) * Vector128.ShiftRightArithmetic(b, 16));
    }

    /// <inheritdoc/>
    public static Vector128<int> Add(Vector128<int> x, Vector128<int> y) => x + y;

    /// <inheritdoc/>
    public static void Store(Vector128<int> sums, int* destination) => sums.Store(destination);
}

using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>AVX2 (VPMADDWD) on words, whose sum of two products cannot overflow.</summary>
internal unsafe struct Avx2Dot : IDot<Vector256<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static Vector256<int> Zero => Vector256<int>.Zero;

    /// <inheritdoc/>
    public static Vector256<int> Load(byte* source) => Vector256.Load((int*)source);

    /// <inheritdoc/>
    public static Vector256<int> Broadcast(byte* source) => Vector256.Create(*(int*)source);

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> sums, Vector256<int> a, Vector256<int> b) => Avx2.Add(sums, Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()));

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> x, Vector256<int> y) => x + y;

    /// <inheritdoc/>
    public static void Store(Vector256<int> sums, int* destination) => sums.Store(destination);
}

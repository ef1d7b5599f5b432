using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>AVX-512BW (VPMADDWD) on words, whose sum of two products cannot overflow.</summary>
internal unsafe struct Avx512Dot : IDot<Vector512<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <inheritdoc/>
    public static Vector512<int> Zero => Vector512<int>.Zero;

    /// <inheritdoc/>
    public static Vector512<int> Load(byte* source) => Vector512.Load((int*)source);

    /// <inheritdoc/>
    public static Vector512<int> Broadcast(byte* source) => Vector512.Create(*(int*)source);

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> sums, Vector512<int> a, Vector512<int> b) => sums + Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16());

    /// <inheritdoc/>
    public static Vector512<int> Add(Vector512<int> x, Vector512<int> y) => x + y;

    /// <inheritdoc/>
    public static void Store(Vector512<int> sums, int* destination) => sums.Store(destination);
}

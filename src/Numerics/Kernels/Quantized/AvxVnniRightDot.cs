using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>AVX-VNNI, 256 bit (VPDPBUSD): the left factor signed, the right one unsigned.</summary>
internal unsafe struct AvxVnniRightDot : IDot<Vector256<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => AvxVnni.IsSupported;

    /// <inheritdoc/>
    public static Vector256<int> Zero => Vector256<int>.Zero;

    /// <inheritdoc/>
    public static Vector256<int> Load(byte* source) => Vector256.Load((int*)source);

    /// <inheritdoc/>
    public static Vector256<int> Broadcast(byte* source) => Vector256.Create(*(int*)source);

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> sums, Vector256<int> a, Vector256<int> b) => AvxVnni.MultiplyWideningAndAdd(sums, b.AsByte(), a.AsSByte());

    /// <inheritdoc/>
    public static Vector256<int> Add(Vector256<int> x, Vector256<int> y) => x + y;

    /// <inheritdoc/>
    public static void Store(Vector256<int> sums, int* destination) => sums.Store(destination);
}

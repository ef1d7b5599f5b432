using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Toolkit.Numerics.Kernels;

/// <summary>Arm dot product (SDOT): both factors signed bytes.</summary>
internal unsafe struct ArmDot : IDot<Vector128<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Dp.IsSupported;

    /// <inheritdoc/>
    public static Vector128<int> Zero => Vector128<int>.Zero;

    /// <inheritdoc/>
    public static Vector128<int> Load(byte* source) => Vector128.Load((int*)source);

    /// <inheritdoc/>
    public static Vector128<int> Broadcast(byte* source) => Vector128.Create(*(int*)source);

    /// <inheritdoc/>
    public static Vector128<int> Add(Vector128<int> sums, Vector128<int> a, Vector128<int> b) => Dp.DotProduct(sums, a.AsSByte(), b.AsSByte());

    /// <inheritdoc/>
    public static Vector128<int> Add(Vector128<int> x, Vector128<int> y) => x + y;

    /// <inheritdoc/>
    public static void Store(Vector128<int> sums, int* destination) => sums.Store(destination);
}

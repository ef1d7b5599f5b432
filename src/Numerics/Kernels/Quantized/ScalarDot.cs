namespace Toolkit.Numerics.Kernels;

/// <summary>One lane of two words: what the vectors are compared with.</summary>
internal unsafe struct ScalarDot : IDot<int>
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static int Zero => 0;

    /// <inheritdoc/>
    public static int Load(byte* source) => *(int*)source;

    /// <inheritdoc/>
    public static int Broadcast(byte* source) => *(int*)source;

    /// <inheritdoc/>
    public static int Add(int sums, int a, int b) => unchecked(sums + ((short)a * (short)b) + ((a >> 16) * (b >> 16)));

    /// <inheritdoc/>
    public static int Add(int x, int y) => unchecked(x + y);

    /// <inheritdoc/>
    public static void Store(int sums, int* destination) => *destination = sums;
}

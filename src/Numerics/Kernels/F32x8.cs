using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Eight binary32 lanes in a 256-bit register of AVX2.</summary>
/// <param name="Value">The lanes; element 0 is the one at the lowest address.</param>
public readonly record struct F32x8(Vector256<float> Value) : IFloat32Lanes<F32x8>
{
    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static F32x8 Zero => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Broadcast(double value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Repeat(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x8 value, ref float destination) => value.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe F32x8 LoadPartial(float* source, int count, F32x8 rest) =>
        new(Vector256.ConditionalSelect(Mask(count), Avx.MaskLoad(source, Mask(count)), rest.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(F32x8 value, float* destination, int count) =>
        Avx.MaskStore(destination, Mask(count), value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator +(F32x8 a, F32x8 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator -(F32x8 a, F32x8 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator *(F32x8 a, F32x8 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator /(F32x8 a, F32x8 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 operator -(F32x8 a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 MultiplyAdd(F32x8 a, F32x8 b, F32x8 c) => new(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Min(F32x8 a, F32x8 b) => Avx.IsSupported
        ? new(Avx.Min(a.Value, b.Value))
        : new(Vector256.ConditionalSelect(Vector256.LessThan(a.Value, b.Value), a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Max(F32x8 a, F32x8 b) => Avx.IsSupported
        ? new(Avx.Max(a.Value, b.Value))
        : new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.Value, b.Value), a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Sqrt(F32x8 a) => new(Vector256.Sqrt(a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Abs(F32x8 a) => new(Vector256.Abs(a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Exp(F32x8 a) => Float32Functions.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Log(F32x8 a) => Float32Functions.Log(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Tanh(F32x8 a) => Float32Functions.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 SelectGreater(F32x8 a, F32x8 b, F32x8 whenTrue, F32x8 whenFalse) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.Value, b.Value), whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Even(F32x8 a, F32x8 b) => Ordered(Avx.Shuffle(a.Value, b.Value, 0b10_00_10_00));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 Odd(F32x8 a, F32x8 b) => Ordered(Avx.Shuffle(a.Value, b.Value, 0b11_01_11_01));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 InterleaveLower(F32x8 a, F32x8 b) => new(Avx.Permute2x128(Avx.UnpackLow(a.Value, b.Value), Avx.UnpackHigh(a.Value, b.Value), 0x20));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x8 InterleaveUpper(F32x8 a, F32x8 b) => new(Avx.Permute2x128(Avx.UnpackLow(a.Value, b.Value), Avx.UnpackHigh(a.Value, b.Value), 0x31));

    // A shuffle works within halves and leaves a's and b's pairs in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static F32x8 Ordered(Vector256<float> value) => new(Avx2.Permute4x64(value.AsDouble(), 0b11_01_10_00).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumAcross(F32x8 value) => F32x4.SumAcross(new(value.Value.GetLower() + value.Value.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(F32x8 value) => F32x4.MaxAcross(F32x4.Max(new(value.Value.GetLower()), new(value.Value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mask(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x8 IFloat32Lanes<F32x8>.CopySign(F32x8 magnitude, F32x8 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign.Value, magnitude.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x8 IFloat32Lanes<F32x8>.LowBitsAsExponent(F32x8 a) => new((a.Value.AsInt32() << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x8 IFloat32Lanes<F32x8>.SplitExponent(F32x8 a, out F32x8 exponent)
    {
        Vector256<int> origin = Vector256.Create(Float32Functions.SquareRootHalfBits);
        Vector256<int> bits = a.Value.AsInt32() - origin;
        exponent = new(Vector256.ConvertToSingle(bits >> 23));
        return new(((bits & Vector256.Create(Float32Functions.FractionMask)) + origin).AsSingle());
    }
}

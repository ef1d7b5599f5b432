using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Four binary32 lanes in a 128-bit register: SSE, or AdvSimd on Arm.</summary>
/// <param name="Value">The lanes; element 0 is the one at the lowest address.</param>
public readonly record struct F32x4(Vector128<float> Value) : IFloat32Lanes<F32x4>
{
    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static F32x4 Zero => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Broadcast(double value) => new(Vector128.Create((float)value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Repeat(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(F32x4 value, ref float destination) => value.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe F32x4 LoadPartial(float* source, int count, F32x4 rest)
    {
        Vector128<float> value = count > 0 ? rest.Value.WithElement(0, source[0]) : rest.Value;
        value = count > 1 ? value.WithElement(1, source[1]) : value;
        value = count > 2 ? value.WithElement(2, source[2]) : value;
        return new(count > 3 ? value.WithElement(3, source[3]) : value);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(F32x4 value, float* destination, int count)
    {
        for (int i = 0; i < Math.Min(count, 4); i++)
        {
            destination[i] = value.Value.GetElement(i);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 operator +(F32x4 a, F32x4 b) => new(a.Value + b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 operator -(F32x4 a, F32x4 b) => new(a.Value - b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 operator *(F32x4 a, F32x4 b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 operator /(F32x4 a, F32x4 b) => new(a.Value / b.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 operator -(F32x4 a) => new(-a.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 MultiplyAdd(F32x4 a, F32x4 b, F32x4 c) => new(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Min(F32x4 a, F32x4 b) => Sse.IsSupported
        ? new(Sse.Min(a.Value, b.Value))
        : new(Vector128.ConditionalSelect(Vector128.LessThan(a.Value, b.Value), a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Max(F32x4 a, F32x4 b) => Sse.IsSupported
        ? new(Sse.Max(a.Value, b.Value))
        : new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.Value, b.Value), a.Value, b.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Sqrt(F32x4 a) => new(Vector128.Sqrt(a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Abs(F32x4 a) => new(Vector128.Abs(a.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Exp(F32x4 a) => Float32Functions.Exp(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Log(F32x4 a) => Float32Functions.Log(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Tanh(F32x4 a) => Float32Functions.Tanh(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 SelectGreater(F32x4 a, F32x4 b, F32x4 whenTrue, F32x4 whenFalse) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.Value, b.Value), whenTrue.Value, whenFalse.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Even(F32x4 a, F32x4 b) => Sse.IsSupported ? new(Sse.Shuffle(a.Value, b.Value, 0b10_00_10_00))
        : AdvSimd.Arm64.IsSupported ? new(AdvSimd.Arm64.UnzipEven(a.Value, b.Value))
        : new(Vector128.Create(a.Value[0], a.Value[2], b.Value[0], b.Value[2]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 Odd(F32x4 a, F32x4 b) => Sse.IsSupported ? new(Sse.Shuffle(a.Value, b.Value, 0b11_01_11_01))
        : AdvSimd.Arm64.IsSupported ? new(AdvSimd.Arm64.UnzipOdd(a.Value, b.Value))
        : new(Vector128.Create(a.Value[1], a.Value[3], b.Value[1], b.Value[3]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 InterleaveLower(F32x4 a, F32x4 b) => Sse.IsSupported ? new(Sse.UnpackLow(a.Value, b.Value))
        : AdvSimd.Arm64.IsSupported ? new(AdvSimd.Arm64.ZipLow(a.Value, b.Value))
        : new(Vector128.Create(a.Value[0], b.Value[0], a.Value[1], b.Value[1]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F32x4 InterleaveUpper(F32x4 a, F32x4 b) => Sse.IsSupported ? new(Sse.UnpackHigh(a.Value, b.Value))
        : AdvSimd.Arm64.IsSupported ? new(AdvSimd.Arm64.ZipHigh(a.Value, b.Value))
        : new(Vector128.Create(a.Value[2], b.Value[2], a.Value[3], b.Value[3]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumAcross(F32x4 value)
    {
        Vector128<float> pairs = value.Value + Vector128.Shuffle(value.Value, Vector128.Create(2, 3, 0, 1));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(F32x4 value)
    {
        F32x4 pairs = Max(value, new(Vector128.Shuffle(value.Value, Vector128.Create(2, 3, 0, 1))));
        return Max(pairs, new(Vector128.Shuffle(pairs.Value, Vector128.Create(1, 0, 3, 2)))).Value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x4 IFloat32Lanes<F32x4>.CopySign(F32x4 magnitude, F32x4 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign.Value, magnitude.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x4 IFloat32Lanes<F32x4>.LowBitsAsExponent(F32x4 a) => new((a.Value.AsInt32() << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static F32x4 IFloat32Lanes<F32x4>.SplitExponent(F32x4 a, out F32x4 exponent)
    {
        Vector128<int> origin = Vector128.Create(Float32Functions.SquareRootHalfBits);
        Vector128<int> bits = a.Value.AsInt32() - origin;
        exponent = new(Vector128.ConvertToSingle(bits >> 23));
        return new(((bits & Vector128.Create(Float32Functions.FractionMask)) + origin).AsSingle());
    }
}

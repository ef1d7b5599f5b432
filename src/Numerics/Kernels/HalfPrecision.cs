using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// float16 and bfloat16 to float32, which is exact, and back, rounded to nearest with ties to even. Beyond the greatest finite number lies
/// infinity; NaN stays NaN. The bits are the same on every instruction set.
/// </summary>
public static unsafe class HalfPrecision
{
    // Less work than this is not worth waking a worker for.
    private const int Grain = 1 << 16;

    private const uint SignMask = 0x8000_0000;
    private const uint SingleInfinity = 0x7F80_0000;

    // float16's exponent field sits 13 bits lower, and its bias is 112 smaller: 2¹¹² as bits, and the shifted infinity.
    private const int FractionShift = 13;
    private const uint Rebias = 0x7780_0000;
    private const uint ShiftedInfinity = 0x0F80_0000;

    // The least normal float16 and 2¹⁶, from which on everything is infinite, as float32; and the number whose unit is float16's least.
    private const uint LeastNormal = 0x3880_0000;
    private const uint Overflow = 0x4780_0000;
    private const uint SubnormalUnit = 0x3F00_0000;

    /// <summary>y = x, widened exactly.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Widen(ReadOnlySpan<Half> x, Span<float> y, WorkerPool workers)
    {
        RequireSameLength(x.Length, y.Length);
        fixed (Half* px = x)
        fixed (float* py = y)
        {
            var body = new Body<WidenHalf>(px, py, x.Length);
            Run(ref body, x.Length, workers);
        }
    }

    /// <inheritdoc cref="Widen(ReadOnlySpan{Half},Span{float},WorkerPool)"/>
    public static void Widen(ReadOnlySpan<BFloat16> x, Span<float> y, WorkerPool workers)
    {
        RequireSameLength(x.Length, y.Length);
        fixed (BFloat16* px = x)
        fixed (float* py = y)
        {
            var body = new Body<WidenBFloat16>(px, py, x.Length);
            Run(ref body, x.Length, workers);
        }
    }

    /// <summary>y = x, rounded to the nearest, of two equally near ones the even.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Round(ReadOnlySpan<float> x, Span<Half> y, WorkerPool workers)
    {
        RequireSameLength(x.Length, y.Length);
        fixed (float* px = x)
        fixed (Half* py = y)
        {
            var body = new Body<RoundHalf>(px, py, x.Length);
            Run(ref body, x.Length, workers);
        }
    }

    /// <inheritdoc cref="Round(ReadOnlySpan{float},Span{Half},WorkerPool)"/>
    public static void Round(ReadOnlySpan<float> x, Span<BFloat16> y, WorkerPool workers)
    {
        RequireSameLength(x.Length, y.Length);
        fixed (float* px = x)
        fixed (BFloat16* py = y)
        {
            var body = new Body<RoundBFloat16>(px, py, x.Length);
            Run(ref body, x.Length, workers);
        }
    }

    private static void RequireSameLength(int x, int y)
    {
        if (x != y)
        {
            throw new ArgumentException($"HalfPrecision: expected as many results as elements, {x}, got {y}.");
        }
    }

    private static void Run<TConversion>(ref Body<TConversion> body, int length, WorkerPool workers)
        where TConversion : struct, IConversion
    {
        int parts = Math.Min(workers.ThreadCount, length / Grain);
        if (parts <= 1)
        {
            body.Invoke(0, 1);
        }
        else
        {
            workers.Run(ref body, parts);
        }
    }

    // Eight elements at a time, in two registers of four 32-bit lanes; the first four are the lower half of the sixteen-bit register.
    private interface IConversion
    {
        static abstract void Eight(void* x, void* y, int i);

        static abstract void One(void* x, void* y, int i);
    }

    private readonly struct Body<TConversion>(void* x, void* y, int length) : IParallelBody
        where TConversion : struct, IConversion
    {
        public void Invoke(int part, int partCount)
        {
            int i = (int)((long)length * part / partCount);
            int end = (int)((long)length * (part + 1) / partCount);
            if (KernelSet.CurrentLevel != KernelLevel.Scalar)
            {
                for (; i <= end - 8; i += 8)
                {
                    TConversion.Eight(x, y, i);
                }
            }

            for (; i < end; i++)
            {
                TConversion.One(x, y, i);
            }
        }
    }

    private readonly struct WidenHalf : IConversion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Eight(void* x, void* y, int i)
        {
            Vector128<ushort> half = Vector128.Load((ushort*)x + i);
            Widen(Vector128.WidenLower(half)).Store((float*)y + i);
            Widen(Vector128.WidenUpper(half)).Store((float*)y + i + 4);
        }

        public static void One(void* x, void* y, int i) => ((float*)y)[i] = (float)((Half*)x)[i];

        // The fields moved into place make a float32 that is 2⁻¹¹² of the value, subnormal ones included; infinity and NaN get float32's exponent.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Widen(Vector128<uint> half)
        {
            Vector128<uint> magnitude = (half & Vector128.Create(0x7FFFu)) << FractionShift;
            Vector128<uint> sign = (half << 16) & Vector128.Create(SignMask);
            Vector128<uint> finite = (magnitude.AsSingle() * Vector128.Create(Rebias).AsSingle()).AsUInt32();
            Vector128<uint> special = magnitude | Vector128.Create(SingleInfinity);
            return (Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(ShiftedInfinity)), special, finite) | sign).AsSingle();
        }
    }

    private readonly struct WidenBFloat16 : IConversion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Eight(void* x, void* y, int i)
        {
            Vector128<ushort> half = Vector128.Load((ushort*)x + i);
            (Vector128.WidenLower(half) << 16).Store((uint*)y + i);
            (Vector128.WidenUpper(half) << 16).Store((uint*)y + i + 4);
        }

        public static void One(void* x, void* y, int i) => ((float*)y)[i] = (float)((BFloat16*)x)[i];
    }

    private readonly struct RoundHalf : IConversion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Eight(void* x, void* y, int i) =>
            Vector128.Narrow(Round(Vector128.Load((uint*)x + i)), Round(Vector128.Load((uint*)x + i + 4))).Store((ushort*)y + i);

        public static void One(void* x, void* y, int i) => ((Half*)y)[i] = (Half)((float*)x)[i];

        // Normal: half a unit less one, plus the last bit that stays, carries exactly where rounding goes up. Subnormal: the sum with a number whose
        // unit is float16's least is rounded by the adder itself.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<uint> Round(Vector128<uint> bits)
        {
            Vector128<uint> sign = bits & Vector128.Create(SignMask);
            Vector128<uint> magnitude = bits ^ sign;
            Vector128<uint> normal = (magnitude - Vector128.Create(LeastNormal - (1u << 23) - 0xFFFu) + ((magnitude >> FractionShift) & Vector128<uint>.One)) >> FractionShift;
            Vector128<uint> subnormal = (magnitude.AsSingle() + Vector128.Create(SubnormalUnit).AsSingle()).AsUInt32() - Vector128.Create(SubnormalUnit);
            Vector128<uint> nan = ((magnitude >> FractionShift) & Vector128.Create(0x3FFu)) | Vector128.Create(0x7E00u);
            Vector128<uint> special = Vector128.ConditionalSelect(Vector128.GreaterThan(magnitude, Vector128.Create(SingleInfinity)), nan, Vector128.Create(0x7C00u));
            Vector128<uint> finite = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(LeastNormal)), subnormal, normal);
            return Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(Overflow)), special, finite) | (sign >> 16);
        }
    }

    private readonly struct RoundBFloat16 : IConversion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Eight(void* x, void* y, int i) =>
            Vector128.Narrow(Round(Vector128.Load((uint*)x + i)), Round(Vector128.Load((uint*)x + i + 4))).Store((ushort*)y + i);

        public static void One(void* x, void* y, int i) => ((BFloat16*)y)[i] = (BFloat16)((float*)x)[i];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<uint> Round(Vector128<uint> bits)
        {
            Vector128<uint> upper = bits >> 16;
            Vector128<uint> rounded = (bits + Vector128.Create(0x7FFFu) + (upper & Vector128<uint>.One)) >> 16;
            Vector128<uint> magnitude = bits & ~Vector128.Create(SignMask);
            return Vector128.ConditionalSelect(Vector128.GreaterThan(magnitude, Vector128.Create(SingleInfinity)), upper | Vector128.Create(0x40u), rounded);
        }
    }
}

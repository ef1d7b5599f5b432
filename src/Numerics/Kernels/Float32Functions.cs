using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Elementary functions of binary32 lanes: one formula for every instruction set, of operations that IEEE 754 fixes to
/// the bit, so that scalar and SIMD results are the same. The polynomials are minimax fits (Remez exchange) of relative error.
/// </summary>
internal static class Float32Functions
{
    /// <summary>The bits of √½, where <see cref="IFloat32Lanes{TSelf}.SplitExponent"/> cuts the mantissa's range.</summary>
    public const int SquareRootHalfBits = 0x3F3504F3;

    public const int FractionMask = 0x007FFFFF;

    // 1.5 · 2²³: added to a small number it rounds that to the nearest integer, ties to even, and leaves it in the low bits.
    private const double RoundingOffset = 12582912;

    private const double ExponentBias = 127;
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the first has few bits, so that its products with exponents are exact.
    private const double Ln2High = 0.693145751953125;
    private const double Ln2Low = 1.428606765330187e-06;

    /// <summary>eˣ within 2 ulp, subnormal results included; +∞ from 88.72284 on, 0 below -103.98; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : struct, IFloat32Lanes<TLanes>
    {
        // Beyond these bounds the result is +∞ or 0 anyway. The operand order lets a NaN through.
        x = TLanes.Max(TLanes.Broadcast(-104), TLanes.Min(TLanes.Broadcast(89), x));

        // x = n · ln 2 + r with |r| <= ln 2 / 2.
        TLanes offset = TLanes.Broadcast(RoundingOffset);
        TLanes n = TLanes.MultiplyAdd(x, TLanes.Broadcast(Log2E), offset) - offset;
        TLanes r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);

        TLanes p = TLanes.Broadcast(0.0013814535923302174);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.00836874544620514));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.04166839271783829));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.1666652113199234));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.4999999403953552));
        p = TLanes.MultiplyAdd(p, r * r, r) + TLanes.Broadcast(1);

        // n reaches from -150 to 128, further than one exponent: 2ⁿ is multiplied in two steps, of which only the second rounds.
        TLanes biased = TLanes.Broadcast(RoundingOffset + ExponentBias);
        TLanes half = TLanes.MultiplyAdd(n, TLanes.Broadcast(0.5), biased);
        TLanes otherHalf = n - (half - biased) + biased;
        return p * TLanes.LowBitsAsExponent(half) * TLanes.LowBitsAsExponent(otherHalf);
    }

    /// <summary>ln x within 2 ulp, subnormal arguments included; -∞ at 0, NaN below 0, +∞ at +∞; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log<TLanes>(TLanes x)
        where TLanes : struct, IFloat32Lanes<TLanes>
    {
        // Subnormal arguments are scaled by 2²³ into the normal range.
        TLanes smallestNormal = TLanes.Broadcast(1.17549435E-38);
        TLanes normal = TLanes.SelectGreater(smallestNormal, x, x * TLanes.Broadcast(8388608), x);
        TLanes mantissa = TLanes.SplitExponent(normal, out TLanes exponent);
        exponent += TLanes.SelectGreater(smallestNormal, x, TLanes.Broadcast(-23), TLanes.Zero);

        // ln(1 + f) = f - f² / 2 + f³ · P(f).
        TLanes f = mantissa - TLanes.Broadcast(1);
        TLanes p = TLanes.Broadcast(0.06747754663228989);
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(-0.11677505075931549));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.1188867911696434));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(-0.12405340373516083));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.14219455420970917));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(-0.16668005287647247));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.20002123713493347));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(-0.25000008940696716));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.3333331346511841));

        // The small terms first, so that the large ones round last.
        TLanes square = f * f;
        TLanes small = TLanes.MultiplyAdd(p * f, square, exponent * TLanes.Broadcast(Ln2Low));
        small = TLanes.MultiplyAdd(square, TLanes.Broadcast(-0.5), small);
        TLanes result = TLanes.MultiplyAdd(exponent, TLanes.Broadcast(Ln2High), small + f);

        // What is not above 0: NaN below 0; 0 - ∞ at 0; NaN - ∞ at NaN.
        TLanes infinity = TLanes.Broadcast(double.PositiveInfinity);
        TLanes special = TLanes.SelectGreater(TLanes.Zero, x, TLanes.Broadcast(double.NaN), x - infinity);
        result = TLanes.SelectGreater(x, TLanes.Broadcast(float.MaxValue), x, result);
        return TLanes.SelectGreater(x, TLanes.Zero, result, special);
    }

    /// <summary>tanh x within 4 ulp, near 0 too; ±1 at ±∞, -0 at -0; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh<TLanes>(TLanes x)
        where TLanes : struct, IFloat32Lanes<TLanes>
    {
        TLanes a = TLanes.Abs(x);

        // Near 0, a + a³ · P(a²): the other formula would cancel.
        TLanes square = a * a;
        TLanes p = TLanes.Broadcast(-0.005704947281628847);
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(0.020639052614569664));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(-0.05373970419168472));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(0.13331441581249237));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(-0.3333328068256378));
        TLanes near = TLanes.MultiplyAdd(p * square, a, a);

        // Elsewhere 1 - 2 / (e²ᵃ + 1).
        TLanes one = TLanes.Broadcast(1);
        TLanes far = one - (TLanes.Broadcast(2) / (Exp(a + a) + one));
        return TLanes.CopySign(TLanes.SelectGreater(TLanes.Broadcast(0.625), a, near, far), x);
    }
}

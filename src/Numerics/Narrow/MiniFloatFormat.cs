namespace Toolkit.Numerics;

/// <summary>
/// Floating point of at most eight bits: a sign, exponent bits, fraction bits, subnormal numbers below the least exponent. The code without its sign, as an integer, counts the
/// values from 0 on, so that a carry out of the fraction goes on into the exponent and codes compare as values do.
/// </summary>
internal sealed class MiniFloatFormat : NarrowFormat
{
    private const int Float64FractionBits = 52;
    private const int Float64Bias = 1023;
    private const ulong Float64Sign = 1UL << 63;
    private const ulong Float64Infinity = 0x7FFUL << Float64FractionBits;

    private readonly int _fractionBits;
    private readonly int _bias;
    private readonly byte _sign;
    private readonly byte _greatest;
    private readonly byte _overflow;
    private readonly byte _nan;
    private readonly bool _hasNegativeZero;

    /// <summary>Makes a format.</summary>
    /// <param name="elementType">The element type.</param>
    /// <param name="exponentBits">The bits of the exponent.</param>
    /// <param name="bias">What is subtracted from the exponent.</param>
    /// <param name="greatest">The code of the greatest finite value.</param>
    /// <param name="overflow">The code of positive numbers beyond it, where they are not saturated: infinity, NaN, or the greatest value again.</param>
    /// <param name="nan">The code of a positive NaN. The sign's bit alone says that there is no negative zero, and one NaN.</param>
    public MiniFloatFormat(ElementType elementType, int exponentBits, int bias, byte greatest, byte overflow, byte nan)
        : base(elementType, elementType == ElementType.Float4E2M1 ? 4 : 8)
    {
        _fractionBits = BitWidth - 1 - exponentBits;
        _bias = bias;
        _sign = (byte)(1 << (BitWidth - 1));
        _greatest = greatest;
        _overflow = overflow;
        _nan = nan;
        _hasNegativeZero = BitWidth < 8 || nan != _sign;
        Fill(Value);
        Maximum = Decode(greatest);
        Minimum = -Maximum;
    }

    public override byte Encode(double value, bool saturate, ScaleRounding rounding)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        byte sign = (bits & Float64Sign) != 0 ? _sign : (byte)0;
        bits &= ~Float64Sign;
        if (bits > Float64Infinity)
        {
            return (byte)(_nan | sign);
        }

        uint magnitude = bits == Float64Infinity ? uint.MaxValue : Round(bits);
        if (magnitude > _greatest)
        {
            return saturate ? (byte)(_greatest | sign) : (byte)(_overflow | sign);
        }

        return magnitude == 0 && !_hasNegativeZero ? (byte)0 : (byte)(magnitude | sign);
    }

    /// <summary>The code of a positive finite number as if the exponent had no end.</summary>
    private uint Round(ulong bits)
    {
        int exponent = (int)(bits >> Float64FractionBits) - Float64Bias + _bias;
        ulong fraction = bits & ((1UL << Float64FractionBits) - 1);
        int shift = Float64FractionBits - _fractionBits;
        if (exponent <= 0)
        {
            // Subnormal here: the leading one becomes a bit of the fraction. Numbers that are subnormal in float64 are far below the least of any format.
            fraction |= 1UL << Float64FractionBits;
            shift += 1 - exponent;
            exponent = 0;
            if (shift > Float64FractionBits + 1)
            {
                return 0;
            }
        }

        uint whole = (uint)(fraction >> shift);
        ulong rest = fraction & ((1UL << shift) - 1);
        ulong half = 1UL << (shift - 1);
        uint code = ((uint)exponent << _fractionBits) + whole;
        return rest > half || (rest == half && (whole & 1) != 0) ? code + 1 : code;
    }

    private double Value(int code)
    {
        int magnitude = code & (_sign - 1);
        double sign = code == magnitude ? 1 : -1;
        if (magnitude > _greatest || (code == _sign && !_hasNegativeZero))
        {
            // The sign of NaN is kept, and double.NaN has one.
            return magnitude == _overflow && _overflow != _nan ? sign * double.PositiveInfinity : double.CopySign(double.NaN, sign);
        }

        int exponent = magnitude >> _fractionBits;
        int fraction = magnitude & ((1 << _fractionBits) - 1);
        int significand = exponent == 0 ? fraction : fraction | (1 << _fractionBits);
        return sign * Math.ScaleB(significand, Math.Max(exponent, 1) - _bias - _fractionBits);
    }
}

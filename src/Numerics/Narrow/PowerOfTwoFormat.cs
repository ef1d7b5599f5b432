namespace Toolkit.Numerics;

/// <summary>
/// E8M0. A number outside [2⁻¹²⁷, 2¹²⁷], zero and infinity included, becomes the nearer bound with saturation and NaN without; a negative number, which ONNX leaves open,
/// becomes NaN, and -0 is taken as 0.
/// </summary>
internal sealed class PowerOfTwoFormat : NarrowFormat
{
    private const int Bias = 127;
    private const byte Nan = 0xFF;
    private const byte Greatest = 0xFE;
    private const int FractionBits = 52;
    private const int Float64Bias = 1023;

    private static readonly double Least = Math.ScaleB(1, -Bias);
    private static readonly double Most = Math.ScaleB(1, Bias);

    public PowerOfTwoFormat()
        : base(ElementType.Float8E8M0, 8)
    {
        Minimum = (float)Least;
        Maximum = (float)Most;
        Fill(code => code == Nan ? double.NaN : Math.ScaleB(1, code - Bias));
    }

    public override byte Encode(double value, bool saturate, ScaleRounding rounding)
    {
        if (double.IsNaN(value) || value < 0)
        {
            return Nan;
        }

        if (value < Least)
        {
            return saturate ? (byte)0 : Nan;
        }

        if (value > Most)
        {
            return saturate ? Greatest : Nan;
        }

        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int code = (int)(bits >> FractionBits) - Float64Bias + Bias;
        ulong fraction = bits & ((1UL << FractionBits) - 1);
        bool isUp = rounding switch
        {
            ScaleRounding.Up => fraction != 0,
            ScaleRounding.Nearest => fraction >= 1UL << (FractionBits - 1),
            _ => false,
        };
        return (byte)(isUp ? code + 1 : code);
    }
}

namespace Toolkit.Numerics;

/// <summary>Integers of two or four bits, in two's complement where they have a sign.</summary>
internal sealed class NarrowIntegerFormat : NarrowFormat
{
    // From here on every float64 is a multiple of 16, whose low bits are 0.
    private const double Limit = 1L << 62;

    public NarrowIntegerFormat(ElementType elementType, int bitWidth, bool isSigned)
        : base(elementType, bitWidth)
    {
        int half = 1 << (bitWidth - 1);
        Minimum = isSigned ? -half : 0;
        Maximum = isSigned ? half - 1 : (2 * half) - 1;
        Fill(code => isSigned && code >= half ? code - (2 * half) : code);
    }

    public override bool IsInteger => true;

    public override byte Encode(double value, bool saturate, ScaleRounding rounding) =>
        Math.Abs(value) < Limit ? (byte)((long)Math.Round(value, MidpointRounding.ToEven) & Mask) : (byte)0;
}

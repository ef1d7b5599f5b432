using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float8 E5M2FNUZ: a sign, five exponent bits with bias 16 and two fraction bits; no infinity and no negative zero, whose code 0x80 is NaN; the greatest value is 57344 (ONNX <c>FLOAT8E5M2FNUZ</c>).
/// </summary>
/// <param name="Bits">The stored eight bits.</param>
public readonly record struct Float8E5M2Fnuz(byte Bits)
{
    /// <summary>Rounds to nearest, ties to even, and saturates.</summary>
    public static explicit operator Float8E5M2Fnuz(double value) => new(NarrowFormat.Float8E5M2Fnuz.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float8E5M2Fnuz value) => NarrowFormat.Float8E5M2Fnuz.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float8 E4M3FNUZ: a sign, four exponent bits with bias 8 and three fraction bits; no infinity and no negative zero, whose code 0x80 is NaN; the greatest value is 240 (ONNX <c>FLOAT8E4M3FNUZ</c>).
/// </summary>
/// <param name="Bits">The stored eight bits.</param>
public readonly record struct Float8E4M3Fnuz(byte Bits)
{
    /// <summary>Rounds to nearest, ties to even, and saturates.</summary>
    public static explicit operator Float8E4M3Fnuz(double value) => new(NarrowFormat.Float8E4M3Fnuz.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float8E4M3Fnuz value) => NarrowFormat.Float8E4M3Fnuz.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

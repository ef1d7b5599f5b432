using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float8 E5M2: a sign, five exponent bits with bias 15 and two fraction bits, infinities and NaNs as IEEE 754 has them; the greatest value is 57344 (ONNX <c>FLOAT8E5M2</c>).
/// </summary>
/// <param name="Bits">The stored eight bits.</param>
public readonly record struct Float8E5M2(byte Bits)
{
    /// <summary>Rounds to nearest, ties to even, and saturates.</summary>
    public static explicit operator Float8E5M2(double value) => new(NarrowFormat.Float8E5M2.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float8E5M2 value) => NarrowFormat.Float8E5M2.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

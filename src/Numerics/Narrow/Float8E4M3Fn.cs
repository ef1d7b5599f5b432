using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float8 E4M3FN: a sign, four exponent bits with bias 7 and three fraction bits; no infinity, S.1111.111 is NaN, the greatest value is 448 (ONNX <c>FLOAT8E4M3FN</c>).
/// </summary>
/// <param name="Bits">The stored eight bits.</param>
public readonly record struct Float8E4M3Fn(byte Bits)
{
    /// <summary>Rounds to nearest, ties to even, and saturates.</summary>
    public static explicit operator Float8E4M3Fn(double value) => new(NarrowFormat.Float8E4M3Fn.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float8E4M3Fn value) => NarrowFormat.Float8E4M3Fn.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float8 E8M0: eight exponent bits with bias 127, that is 2⁻¹²⁷ to 2¹²⁷, and NaN as 0xFF; no sign, no zero (ONNX <c>FLOAT8E8M0</c>, the scale of OCP's microscaling formats).
/// </summary>
/// <param name="Bits">The stored eight bits.</param>
public readonly record struct Float8E8M0(byte Bits)
{
    /// <summary>Rounds up to a power of two and saturates; a negative number becomes NaN.</summary>
    public static explicit operator Float8E8M0(double value) => new(NarrowFormat.Float8E8M0.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float8E8M0 value) => NarrowFormat.Float8E8M0.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

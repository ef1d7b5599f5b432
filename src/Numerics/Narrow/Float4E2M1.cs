using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>
/// float4 E2M1: ±0, 0.5, 1, 1.5, 2, 3, 4, 6; no infinity and no NaN (ONNX <c>FLOAT4E2M1</c>). Four bits in a file, a byte in memory.
/// </summary>
public readonly record struct Float4E2M1
{
    /// <summary>Makes one of its code; only the lower four bits count.</summary>
    public Float4E2M1(byte bits) => Bits = (byte)(bits & 0x0F);

    /// <summary>The code, upper bits 0.</summary>
    public byte Bits { get; }

    /// <summary>Rounds to nearest, ties to even, and saturates.</summary>
    public static explicit operator Float4E2M1(double value) => new(NarrowFormat.Float4E2M1.Encode(value));

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(Float4E2M1 value) => NarrowFormat.Float4E2M1.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}

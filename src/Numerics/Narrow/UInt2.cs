using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>An integer from 0 to 3 (ONNX <c>UINT2</c>). Two bits in a file, a byte in memory.</summary>
public readonly record struct UInt2
{
    /// <summary>Makes one of its code; only the lower two bits count.</summary>
    public UInt2(byte bits) => Bits = (byte)(bits & 0x03);

    /// <summary>The code, upper bits 0.</summary>
    public byte Bits { get; }

    /// <summary>Keeps the lower two bits: numbers outside 0 to 3 wrap around.</summary>
    public static explicit operator UInt2(int value) => new((byte)value);

    /// <summary>Widens exactly.</summary>
    public static implicit operator int(UInt2 value) => (int)NarrowFormat.UInt2.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((int)this).ToString(CultureInfo.InvariantCulture);
}

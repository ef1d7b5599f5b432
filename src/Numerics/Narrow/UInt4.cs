using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>An integer from 0 to 15 (ONNX <c>UINT4</c>). Four bits in a file, a byte in memory.</summary>
public readonly record struct UInt4
{
    /// <summary>Makes one of its code; only the lower four bits count.</summary>
    public UInt4(byte bits) => Bits = (byte)(bits & 0x0F);

    /// <summary>The code, upper bits 0.</summary>
    public byte Bits { get; }

    /// <summary>Keeps the lower four bits: numbers outside 0 to 15 wrap around.</summary>
    public static explicit operator UInt4(int value) => new((byte)value);

    /// <summary>Widens exactly.</summary>
    public static implicit operator int(UInt4 value) => (int)NarrowFormat.UInt4.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((int)this).ToString(CultureInfo.InvariantCulture);
}

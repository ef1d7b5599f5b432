using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>An integer from -8 to 7 in two's complement (ONNX <c>INT4</c>). Four bits in a file, a byte in memory, whose upper bits are 0.</summary>
public readonly record struct Int4
{
    /// <summary>Makes one of its code; only the lower four bits count.</summary>
    public Int4(byte bits) => Bits = (byte)(bits & 0x0F);

    /// <summary>The code, upper bits 0.</summary>
    public byte Bits { get; }

    /// <summary>Keeps the lower four bits: numbers outside -8 to 7 wrap around.</summary>
    public static explicit operator Int4(int value) => new((byte)value);

    /// <summary>Widens exactly.</summary>
    public static implicit operator int(Int4 value) => (int)NarrowFormat.Int4.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((int)this).ToString(CultureInfo.InvariantCulture);
}

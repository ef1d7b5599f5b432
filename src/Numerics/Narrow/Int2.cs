using System.Globalization;

namespace Toolkit.Numerics;

/// <summary>An integer from -2 to 1 in two's complement (ONNX <c>INT2</c>). Two bits in a file, a byte in memory, whose upper bits are 0.</summary>
public readonly record struct Int2
{
    /// <summary>Makes one of its code; only the lower two bits count.</summary>
    public Int2(byte bits) => Bits = (byte)(bits & 0x03);

    /// <summary>The code, upper bits 0.</summary>
    public byte Bits { get; }

    /// <summary>Keeps the lower two bits: numbers outside -2 to 1 wrap around.</summary>
    public static explicit operator Int2(int value) => new((byte)value);

    /// <summary>Widens exactly.</summary>
    public static implicit operator int(Int2 value) => (int)NarrowFormat.Int2.Decode(value.Bits);

    /// <summary>The value's text.</summary>
    public override string ToString() => ((int)this).ToString(CultureInfo.InvariantCulture);
}

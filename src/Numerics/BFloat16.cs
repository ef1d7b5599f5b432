namespace Toolkit.Numerics;

/// <summary>
/// bfloat16: the sign, the eight exponent bits and the upper seven fraction bits of a binary32 (ONNX <c>BFLOAT16</c>).
/// </summary>
/// <param name="Bits">The stored sixteen bits.</param>
public readonly record struct BFloat16(ushort Bits)
{
    /// <summary>Rounds to nearest, ties to even; a NaN stays a (quiet) NaN.</summary>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? new BFloat16((ushort)((bits >> 16) | 0x40))
            : new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>Rounds to nearest, ties to even, at once: by way of float32, a number beside the middle of two would be rounded to the middle and then to the wrong side.</summary>
    public static explicit operator BFloat16(double value)
    {
        float rounded = (float)value;
        uint bits = BitConverter.SingleToUInt32Bits(rounded);

        // Only an inexact float32 whose lower half is the very middle is in doubt; the last bit says then on which side the number lies.
        if ((bits & 0xFFFF) == 0x8000 && rounded != value && float.IsFinite(rounded))
        {
            bits = Math.Abs(rounded) < Math.Abs(value) ? bits + 1 : bits - 1;
        }

        return (BFloat16)BitConverter.UInt32BitsToSingle(bits);
    }

    /// <summary>Widens exactly.</summary>
    public static explicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);
}

namespace Toolkit.Numerics;

/// <summary>
/// Elements of two and four bits as files pack them: the first in the lowest bits of the first byte, no byte shared between tensors, the bits that are left over 0. Elements of
/// eight bits are copied.
/// </summary>
public static class PackedElements
{
    /// <summary>From packed bytes to a code a byte. Left-over bits are not looked at.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> codes, int bitWidth)
    {
        int perByte = Require(packed.Length, codes.Length, bitWidth);
        int mask = (1 << bitWidth) - 1;
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (byte)((packed[i / perByte] >> (i % perByte * bitWidth)) & mask);
        }
    }

    /// <summary>From a code a byte to packed bytes. Of each code only the lowest bits count.</summary>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static void Pack(ReadOnlySpan<byte> codes, Span<byte> packed, int bitWidth)
    {
        int perByte = Require(packed.Length, codes.Length, bitWidth);
        int mask = (1 << bitWidth) - 1;
        packed.Clear();
        for (int i = 0; i < codes.Length; i++)
        {
            packed[i / perByte] |= (byte)((codes[i] & mask) << (i % perByte * bitWidth));
        }
    }

    private static int Require(int packed, int codes, int bitWidth)
    {
        if (bitWidth is not (2 or 4 or 8))
        {
            throw new ArgumentException($"PackedElements: expected 2, 4 or 8 bits an element, got {bitWidth}.", nameof(bitWidth));
        }

        int perByte = 8 / bitWidth;
        int expected = (int)(((long)codes + perByte - 1) / perByte);
        return packed == expected ? perByte
            : throw new ArgumentException($"PackedElements: expected {expected} bytes for {codes} elements of {bitWidth} bits, got {packed}.", nameof(packed));
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Toolkit.Trainer.Checkpoints;

/// <summary>The cyclic redundancy check CRC-32C (Castagnoli; RFC 3720, appendix B.4).</summary>
internal static class Crc32C
{
    private const uint AllOnes = uint.MaxValue;
    private const int BufferLength = 1 << 16;

    /// <summary>The check of some bytes, or of more bytes after those of an earlier check.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes, uint earlier = 0)
    {
        uint crc = earlier ^ AllOnes;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc ^ AllOnes;
    }

    /// <summary>The check of the next <paramref name="length"/> bytes of a stream.</summary>
    public static uint Compute(Stream stream, long length)
    {
        var buffer = new byte[BufferLength];
        uint crc = 0;
        while (length > 0)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(length, buffer.Length));
            stream.ReadExactly(part);
            crc = Compute(part, crc);
            length -= part.Length;
        }

        return crc;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Toolkit.Trainer.Tests.Data;

/// <summary>Small pictures as files' bytes.</summary>
internal static class TestPictures
{
    /// <summary>A PNG of 8-bit samples: 1 channel grey, 3 colours, 4 with transparency.</summary>
    public static byte[] Png(int width, int height, int channels, params byte[] samples)
    {
        Assert.Equal(width * height * channels, samples.Length);
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = channels switch { 1 => 0, 3 => 2, _ => 6 };
        Chunk(file, "IHDR", header);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(samples, y * width * channels, width * channels);
            }
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A grey JPEG of 8x8 pixels, all 200: one block whose only coefficient is 8 · (200 − 128) = 576, which has ten bits.</summary>
    public static byte[] GreyJpeg() =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
        0b0_1001000, 0b000_0_1111,
        0xFF, 0xD9,
    ];

    private static void Chunk(MemoryStream file, string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var word = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, content.Length);
        file.Write(word);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32(body));
        file.Write(word);
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Toolkit.Reports.Tests.Images;

/// <summary>A PNG of 8 bits a component, read by the specification (W3C PNG, sections 5 and 9), independently of what wrote it.</summary>
internal sealed class DecodedPng
{
    private static readonly Dictionary<byte, int> ComponentsByColorType = new() { [0] = 1, [2] = 3, [6] = 4 };

    private DecodedPng(int width, int height, int components, byte[] pixels)
    {
        Width = width;
        Height = height;
        Components = components;
        Pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public int Components { get; }

    public byte[] Pixels { get; }

    /// <summary>The opacity of every pixel, row by row.</summary>
    public byte[] Alpha => [.. Enumerable.Range(0, Width * Height).Select(pixel => Pixels[(pixel * Components) + 3])];

    public (byte Red, byte Green, byte Blue) Rgb(int pixel) => (Pixels[pixel * Components], Pixels[(pixel * Components) + 1], Pixels[(pixel * Components) + 2]);

    public static DecodedPng FromAddress(string address)
    {
        const string Prefix = "data:image/png;base64,";
        Assert.StartsWith(Prefix, address, StringComparison.Ordinal);
        return Decode(Convert.FromBase64String(address[Prefix.Length..]));
    }

    public static DecodedPng Decode(byte[] file)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], file[..8]);
        int width = 0;
        int height = 0;
        int components = 0;
        using var data = new MemoryStream();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string kind = Encoding.ASCII.GetString(file, at + 4, 4);
            ReadOnlySpan<byte> chunk = file.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(chunk);
                height = BinaryPrimitives.ReadInt32BigEndian(chunk[4..]);
                Assert.Equal(8, chunk[8]);
                components = ComponentsByColorType[chunk[9]];
            }
            else if (kind == "IDAT")
            {
                data.Write(chunk);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        return new DecodedPng(width, height, components, Unfilter(inflated.ToArray(), width * components, height, components));
    }

    private static byte[] Unfilter(byte[] lines, int stride, int height, int components)
    {
        byte[] pixels = new byte[stride * height];
        for (int row = 0; row < height; row++)
        {
            byte filter = lines[row * (stride + 1)];
            for (int i = 0; i < stride; i++)
            {
                int left = i >= components ? pixels[(row * stride) + i - components] : 0;
                int up = row > 0 ? pixels[((row - 1) * stride) + i] : 0;
                int corner = row > 0 && i >= components ? pixels[((row - 1) * stride) + i - components] : 0;
                int prediction = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                pixels[(row * stride) + i] = (byte)(lines[(row * (stride + 1)) + 1 + i] + prediction);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}

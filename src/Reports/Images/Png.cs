using StbImageWriteSharp;

namespace Toolkit.Reports.Images;

/// <summary>PNG files in memory.</summary>
internal static class Png
{
    private static readonly ImageWriter Writer = new();

    /// <summary>Encodes rows of pixels, the first at the top.</summary>
    /// <param name="pixels">Bytes by row, column and component.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="components">1 for grey, 3 for red, green, blue, 4 with opacity.</param>
    public static byte[] Encode(byte[] pixels, int width, int height, int components)
    {
        using var stream = new MemoryStream();
        Writer.WritePng(pixels, width, height, (ColorComponents)components, stream);
        return stream.ToArray();
    }
}

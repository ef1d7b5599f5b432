using StbImageWriteSharp;

namespace Toolkit.Reports.Images;

/// <summary>PNG files in memory.</summary>
internal static class Png
{
    /// <summary>Encodes rows of pixels, the first at the top.</summary>
    /// <param name="pixels">Bytes by row, column and component.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="components">1 for grey, 3 for red, green, blue, 4 with opacity.</param>
    public static byte[] Encode(byte[] pixels, int width, int height, int components)
    {
        using var stream = new MemoryStream();

        // A writer keeps the stream that it writes to, so that threads cannot share one.
        new ImageWriter().WritePng(pixels, width, height, (ColorComponents)components, stream);
        return stream.ToArray();
    }
}

using Toolkit.Reports.Images;

namespace Toolkit.Reports.Tests.Images;

public class PngTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Pixels_come_back_as_they_were(int components)
    {
        byte[] pixels = new byte[17 * 9 * components];
        new Random(components).NextBytes(pixels);
        DecodedPng picture = DecodedPng.Decode(Png.Encode(pixels, 17, 9, components));
        Assert.Equal((17, 9, components), (picture.Width, picture.Height, picture.Components));
        Assert.Equal(pixels, picture.Pixels);
    }

    [Fact]
    public void Threads_write_at_once()
    {
        byte[][] pixels = [.. Enumerable.Range(0, 200).Select(seed => Noise(seed))];
        byte[][] files = new byte[pixels.Length][];
        Parallel.For(0, pixels.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => files[i] = Png.Encode(pixels[i], 32, 32, 1));
        Assert.All(Enumerable.Range(0, pixels.Length), i => Assert.Equal(pixels[i], DecodedPng.Decode(files[i]).Pixels));
    }

    private static byte[] Noise(int seed)
    {
        byte[] pixels = new byte[32 * 32];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }
}

using StbImageSharp;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Decodes a PNG or JPEG file into a sample.</summary>
internal static class ImageDecoder
{
    private const int MaxSide = 16_384;
    private const int MaxPixels = 1 << 26;

    /// <summary>Decodes a file and resizes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sample">[C, H, W]; C 1 for grey, 3 for colours.</param>
    /// <param name="destination">Receives the values, in [0, 1].</param>
    /// <exception cref="DatasetException">The file cannot be read or is no picture.</exception>
    public static void Decode(string path, Shape sample, Span<float> destination)
    {
        ImageResult image = Read(path, sample[0]);
        Resize(image.Data, sample[0], image.Height, image.Width, sample[1], sample[2], destination);
    }

    private static ImageResult Read(string path, int channels)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            if (content is not ([0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]))
            {
                throw new DatasetException(
                    $"{path}: expected a PNG or JPEG picture, got {(content.Length == 0 ? "an empty file" : $"a file that begins with {Convert.ToHexString(content.AsSpan(0, Math.Min(4, content.Length)))}")}; replace or remove it.");
            }

            using var stream = new MemoryStream(content, writable: false);
            if (ImageInfo.FromStream(stream) is { } info
                && (info.Width > MaxSide || info.Height > MaxSide || (long)info.Width * info.Height > MaxPixels))
            {
                throw new DatasetException($"{path}: expected at most {MaxSide} pixels a side and {MaxPixels} in all, got {info.Width}x{info.Height}; make it smaller.");
            }

            stream.Position = 0;
            return ImageResult.FromStream(stream, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: the file cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}).", exception);
        }
        catch (Exception exception) when (exception is not (DatasetException or OutOfMemoryException))
        {
            // The decoder throws plain exceptions and index errors on damaged files.
            throw new DatasetException($"{path}: expected a PNG or JPEG picture, got a file that does not decode ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); replace or remove it.", exception);
        }
    }

    /// <summary>
    /// Resizes interleaved bytes into planes of values in [0, 1]. Separable: first the columns of each row that is needed, then the rows. Pixel centres are
    /// at half coordinates.
    /// </summary>
    internal static void Resize(ReadOnlySpan<byte> pixels, int channels, int height, int width, int newHeight, int newWidth, Span<float> destination)
    {
        Taps across = Taps.For(width, newWidth);
        Taps down = Taps.For(height, newHeight);
        var rows = new float[height * newWidth];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> row = pixels.Slice(y * width * channels, width * channels);
                for (int x = 0; x < newWidth; x++)
                {
                    ReadOnlySpan<float> weights = across.Of(x);
                    float sum = 0;
                    for (int i = 0; i < weights.Length; i++)
                    {
                        sum += weights[i] * row[((across.First[x] + i) * channels) + channel];
                    }

                    rows[(y * newWidth) + x] = sum;
                }
            }

            for (int y = 0; y < newHeight; y++)
            {
                ReadOnlySpan<float> weights = down.Of(y);
                Span<float> target = destination.Slice(((channel * newHeight) + y) * newWidth, newWidth);
                for (int x = 0; x < newWidth; x++)
                {
                    float sum = 0;
                    for (int i = 0; i < weights.Length; i++)
                    {
                        sum += weights[i] * rows[((down.First[y] + i) * newWidth) + x];
                    }

                    target[x] = Math.Clamp(sum / 255, 0, 1);
                }
            }
        }
    }

    /// <summary>Which source pixels make each target pixel along one axis, and with what weights; the weights of a pixel add up to 1.</summary>
    private sealed class Taps
    {
        private readonly float[] _weights;
        private readonly int[] _counts;
        private readonly int _room;

        private Taps(int count, int room)
        {
            First = new int[count];
            _counts = new int[count];
            _weights = new float[count * room];
            _room = room;
        }

        public int[] First { get; }

        public ReadOnlySpan<float> Of(int index) => _weights.AsSpan(index * _room, _counts[index]);

        public static Taps For(int source, int target)
        {
            double scale = (double)source / target;
            double reach = Math.Max(1, scale);
            var taps = new Taps(target, (2 * (int)Math.Ceiling(reach)) + 1);
            for (int i = 0; i < target; i++)
            {
                double centre = (i + 0.5) * scale;
                int first = Math.Max(0, (int)Math.Floor(centre - reach));
                int end = Math.Min(source, (int)Math.Ceiling(centre + reach));
                Span<float> weights = taps._weights.AsSpan(i * taps._room, end - first);
                double sum = 0;
                for (int j = first; j < end; j++)
                {
                    double weight = Math.Max(0, 1 - (Math.Abs(j + 0.5 - centre) / reach));
                    weights[j - first] = (float)weight;
                    sum += weight;
                }

                foreach (ref float weight in weights)
                {
                    weight = (float)(weight / sum);
                }

                taps.First[i] = first;
                taps._counts[i] = end - first;
            }

            return taps;
        }
    }
}

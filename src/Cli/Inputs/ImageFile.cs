using StbImageSharp;
using Toolkit.Cli.Frame;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Cli.Inputs;

/// <summary>
/// Reads a picture as one sample: [1, C, H, W] or flat, C 1 (grey) or 3 (RGB), values from 0 to 1. A picture that is larger than
/// the model's input is scaled down by averaging areas; one that is smaller or of other proportions is refused.
/// </summary>
internal static class ImageFile
{
    private const int MaxSide = 16_384;

    /// <summary>The greatest relative difference in proportions that scaling may hide.</summary>
    private const double ProportionTolerance = 0.02;

    /// <exception cref="UsageException">The file is no picture, or does not fit the input.</exception>
    public static Tensor<float> Read(string path, ValueInfo input, bool invert)
    {
        (int channels, int height, int width) = ImageSize(input, path);
        ImageResult image = Decode(path, channels);
        if (image.Width < width || image.Height < height)
        {
            throw new UsageException($"'{path}': expected a picture of at least {width}x{height} pixels, got {image.Width}x{image.Height}; enlarge it.");
        }

        double proportions = (double)image.Width * height / ((double)image.Height * width);
        if (Math.Abs(proportions - 1) > ProportionTolerance)
        {
            throw new UsageException($"'{path}': expected the proportions of {width}x{height}, got {image.Width}x{image.Height}; crop it.");
        }

        var samples = new float[channels * height * width];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    float value = AreaMean(image, channels, channel, y, x, height, width) / 255f;
                    samples[(((channel * height) + y) * width) + x] = invert ? 1 - value : value;
                }
            }
        }

        return (Tensor<float>)Fit.ToInput(new Tensor<float>([1, channels, height, width], samples), input, path);
    }

    /// <summary>Whether the picture's rim is bright: dark strokes on light paper, where digit data sets have light strokes on black.</summary>
    public static bool HasLightRim(Tensor<float> samples, ValueInfo input)
    {
        if (TryImageSize(input) is not { Channels: 1 } size)
        {
            return false;
        }

        double sum = 0;
        int count = 0;
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                if (y == 0 || x == 0 || y == size.Height - 1 || x == size.Width - 1)
                {
                    sum += samples.Span[(y * size.Width) + x];
                    count++;
                }
            }
        }

        return sum > 0.5 * count;
    }

    private static ImageResult Decode(string path, int channels)
    {
        try
        {
            using (FileStream probe = File.OpenRead(path))
            {
                if (ImageInfo.FromStream(probe) is { } info && (info.Width > MaxSide || info.Height > MaxSide))
                {
                    throw new UsageException($"'{path}': expected at most {MaxSide} pixels a side, got {info.Width}x{info.Height}.");
                }
            }

            using FileStream stream = File.OpenRead(path);
            return ImageResult.FromStream(stream, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
        }
        catch (Exception exception) when (exception is not (UsageException or IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // The decoder throws plain exceptions and index errors on damaged files.
            throw new UsageException($"'{path}': expected a PNG or JPEG picture, got a file that does not decode ({exception.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>The mean of the source area under one target pixel; pixels at its edges count by the part that lies inside.</summary>
    private static float AreaMean(ImageResult image, int channels, int channel, int y, int x, int height, int width)
    {
        double top = (double)y * image.Height / height;
        double bottom = (double)(y + 1) * image.Height / height;
        double left = (double)x * image.Width / width;
        double right = (double)(x + 1) * image.Width / width;
        double sum = 0;
        for (int row = (int)top; row < Math.Min(Math.Ceiling(bottom), image.Height); row++)
        {
            double rowShare = Math.Min(bottom, row + 1) - Math.Max(top, row);
            for (int column = (int)left; column < Math.Min(Math.Ceiling(right), image.Width); column++)
            {
                double share = rowShare * (Math.Min(right, column + 1) - Math.Max(left, column));
                sum += share * image.Data[(((row * image.Width) + column) * channels) + channel];
            }
        }

        return (float)(sum / ((bottom - top) * (right - left)));
    }

    private static (int Channels, int Height, int Width) ImageSize(ValueInfo input, string path) => TryImageSize(input)
        ?? throw new UsageException($"'{path}': expected a model that takes images, [N,1,H,W], [N,3,H,W] or flat squares, got {input}; use .npy or .csv.");

    private static (int Channels, int Height, int Width)? TryImageSize(ValueInfo input)
    {
        if (input is { ElementType: ElementType.Float32, Shape: { Rank: 4 } shape }
            && shape[1].Size is 1 or 3 && shape[2].Size is > 0 and <= MaxSide && shape[3].Size is > 0 and <= MaxSide)
        {
            return ((int)shape[1].Size!, (int)shape[2].Size!, (int)shape[3].Size!);
        }

        if (input is { ElementType: ElementType.Float32, Shape.Rank: 2 } && Fit.SampleLength(input) is { } length)
        {
            foreach (int channels in (int[])[1, 3])
            {
                int side = (int)Math.Round(Math.Sqrt((double)length / channels));
                if (side > 1 && side * side * channels == length)
                {
                    return (channels, side, side);
                }
            }
        }

        return null;
    }
}

using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Images;

/// <summary>Values of a picture as pixels.</summary>
internal static class PixelScale
{
    /// <summary>The largest magnitude in all pictures; 1 where all are 0 or not finite.</summary>
    public static double LargestMagnitude(IEnumerable<ReportImage> images)
    {
        double largest = 0;
        foreach (ReportImage image in images)
        {
            foreach (float value in image.Pixels.Span)
            {
                largest = float.IsFinite(value) ? Math.Max(largest, Math.Abs(value)) : largest;
            }
        }

        return largest > 0 ? largest : 1;
    }

    public static byte[] ToPng(ReportImage image, ImageScale scale, double limit) => scale == ImageScale.Diverging
        ? Diverging(image, limit)
        : Brightness(image, scale == ImageScale.Range);

    private static byte[] Diverging(ReportImage image, double limit)
    {
        if (image.Pixels.Shape[0] != 1)
        {
            throw new ArgumentException($"ImageGrid: expected pictures of one channel with diverging colours, got {image.Pixels.Shape}; give each channel a picture of its own.", nameof(image));
        }

        ReadOnlySpan<float> values = image.Pixels.Span;
        byte[] pixels = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
        {
            HeatColors.Diverging(values[i] / limit, pixels.AsSpan(4 * i, 4));
        }

        return Png.Encode(pixels, image.Width, image.Height, 4);
    }

    private static byte[] Brightness(ReportImage image, bool isStretched)
    {
        ReadOnlySpan<float> values = image.Pixels.Span;
        (double low, double high) = isStretched ? FiniteRange(values) : (0, 1);
        int channels = image.Pixels.Shape[0];
        int plane = image.Height * image.Width;
        byte[] pixels = new byte[values.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < plane; i++)
            {
                double share = (values[(channel * plane) + i] - low) / (high - low);
                pixels[(i * channels) + channel] = (byte)Math.Round(255 * (double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1)));
            }
        }

        return Png.Encode(pixels, image.Width, image.Height, channels);
    }

    private static (double Low, double High) FiniteRange(ReadOnlySpan<float> values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        // A flat picture is dark, as a feature that found nothing.
        return high > low ? (low, high) : double.IsFinite(low) ? (low, low + 1) : (0, 1);
    }
}

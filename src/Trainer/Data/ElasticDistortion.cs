using System.Buffers;
using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Elastic distortion: every pixel moves by a smooth random field, as the muscles of a writing hand do. Two uniform fields in [-1, 1) are smoothed by
/// a Gaussian of deviation sigma and multiplied by alpha; each pixel takes the value, bilinear, of the point that its vector leads to. Samples are
/// [C, H, W] or [H, W]; all channels move alike. Source: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to
/// visual document analysis", ICDAR 2003, whose best on 29x29 digits were sigma 4 and alpha 34.
/// </summary>
/// <remarks>Draws 2 · H · W numbers a sample: the field down, then the field right. Memory is pooled: nothing is allocated a sample.</remarks>
public sealed class ElasticDistortion : SampleTransform
{
    private readonly float[] _kernel;

    /// <summary>Makes the transform.</summary>
    /// <param name="alpha">How far the fields move, in pixels before smoothing; from 0. A smooth field's vectors are much shorter.</param>
    /// <param name="sigma">The standard deviation of the Gaussian in pixels, above 0. Small ones crumple, great ones shift.</param>
    /// <param name="fill">The value around the image; null repeats its edge.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ElasticDistortion(double alpha = 34, double sigma = 4, float? fill = 0)
    {
        if (!(alpha >= 0) || !double.IsFinite(alpha))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), $"ElasticDistortion: expected an alpha from 0, got {alpha}.");
        }

        if (!(sigma > 0 && sigma <= 1000))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), $"ElasticDistortion: expected a sigma above 0 and at most 1000, got {sigma}.");
        }

        Alpha = alpha;
        Sigma = sigma;
        Fill = fill;
        _kernel = Gaussian(sigma);
    }

    /// <summary>How far the fields move, in pixels before smoothing.</summary>
    public double Alpha { get; }

    /// <summary>The standard deviation of the Gaussian in pixels.</summary>
    public double Sigma { get; }

    /// <summary>The value around the image; null repeats its edge.</summary>
    public float? Fill { get; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ImagePlanes image = ImagePlanes.Of(this, source, destination, sample);
        int margin = _kernel.Length / 2;
        int stride = image.Width + (2 * margin);
        int length = image.Height * stride;
        int pixels = image.Height * image.Width;
        float[] memory = ArrayPool<float>.Shared.Rent((2 * length) + (2 * pixels) + image.ResampleLength);
        try
        {
            Span<float> field = memory.AsSpan(0, length);
            Span<float> scratch = memory.AsSpan(length, length);
            Span<float> y = memory.AsSpan(2 * length, pixels);
            Span<float> x = memory.AsSpan((2 * length) + pixels, pixels);
            FillField(field, scratch, image, random);
            for (int row = 0; row < image.Height; row++)
            {
                ReadOnlySpan<float> down = field.Slice((row * stride) + margin, image.Width);
                Span<float> rowY = y.Slice(row * image.Width, image.Width);
                for (int column = 0; column < rowY.Length; column++)
                {
                    rowY[column] = row + down[column];
                }
            }

            FillField(field, scratch, image, random);
            for (int row = 0; row < image.Height; row++)
            {
                ReadOnlySpan<float> right = field.Slice((row * stride) + margin, image.Width);
                Span<float> rowX = x.Slice(row * image.Width, image.Width);
                for (int column = 0; column < rowX.Length; column++)
                {
                    rowX[column] = column + right[column];
                }
            }

            image.Resample(source, y, x, Fill, memory.AsSpan((2 * length) + (2 * pixels)), destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(memory);
        }
    }

    /// <summary>A Gaussian cut off at three deviations, its sum 1.</summary>
    private static float[] Gaussian(double sigma)
    {
        int radius = (int)Math.Ceiling(3 * sigma);
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-(i * i) / (2 * sigma * sigma)))];
        double sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }

    /// <summary>Draws a field and smooths it. Rows have a margin of zeros on both sides that is as wide as the Gaussian reaches.</summary>
    private void FillField(Span<float> field, Span<float> scratch, ImagePlanes image, CounterRandom random)
    {
        int margin = _kernel.Length / 2;
        int stride = field.Length / image.Height;
        float scale = (float)Alpha;
        field.Clear();
        for (int y = 0; y < image.Height; y++)
        {
            Span<float> row = field.Slice((y * stride) + margin, image.Width);
            random.FillUniform(row);
            foreach (ref float value in row)
            {
                value = scale * ((2 * value) - 1);
            }
        }

        // Separable: along the rows, then along the columns. With the margins each is a weighted sum of the whole plane, shifted; what the shift
        // along the rows carries from one row into another lands in the margins, which are not read.
        Smooth(field, scratch, 1);
        Smooth(scratch, field, stride);
    }

    private void Smooth(ReadOnlySpan<float> source, Span<float> destination, int step)
    {
        destination.Clear();
        for (int j = 0; j < _kernel.Length; j++)
        {
            int shift = (j - (_kernel.Length / 2)) * step;
            int count = source.Length - Math.Abs(shift);
            if (count > 0)
            {
                AddScaled(source.Slice(Math.Max(0, shift), count), _kernel[j], destination.Slice(Math.Max(0, -shift), count));
            }
        }
    }

    /// <summary>d += w · s. Lanes are elements, so that the bits do not depend on how many there are in a vector.</summary>
    private static void AddScaled(ReadOnlySpan<float> source, float weight, Span<float> destination)
    {
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Span<float> target = destination[i..];
            (new Vector<float>(target) + (new Vector<float>(source[i..]) * weight)).CopyTo(target);
        }

        for (; i < source.Length; i++)
        {
            destination[i] += source[i] * weight;
        }
    }
}

using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Data;

/// <summary>One sample as planes of pixels, and reading between the pixels.</summary>
internal readonly record struct ImagePlanes(int Channels, int Height, int Width)
{
    /// <summary>Takes a sample [C, H, W] or [H, W] apart.</summary>
    /// <exception cref="ArgumentException">The shape is another, or a span has not its length.</exception>
    public static ImagePlanes Of(SampleTransform transform, ReadOnlySpan<float> source, ReadOnlySpan<float> destination, Shape sample)
    {
        string name = transform.GetType().Name;
        if (sample.Rank is not (2 or 3) || sample.Length == 0)
        {
            throw new ArgumentException($"{name}: expected a sample of shape [C,H,W] or [H,W], got {sample}; reshape flat samples after augmentation.", nameof(sample));
        }

        if (source.Length != sample.Length || destination.Length != sample.Length)
        {
            throw new ArgumentException($"{name}: expected {sample.Length} values in and out for {sample}, got {source.Length} and {destination.Length}.", nameof(source));
        }

        return source.Overlaps(destination)
            ? throw new ArgumentException($"{name}: expected source and destination apart, got memory of both.", nameof(destination))
            : new ImagePlanes(sample.Rank == 3 ? sample[0] : 1, sample[^2], sample[^1]);
    }

    /// <summary>The elements of memory that <see cref="Resample"/> needs.</summary>
    public int ResampleLength => BilinearSampling.PaddedLength(Height, Width);

    /// <summary>
    /// Gives each pixel of every plane the value, bilinear, of a point; <paramref name="fill"/> lies around the planes, or their edges go on where that is
    /// null.
    /// </summary>
    /// <param name="source">The planes.</param>
    /// <param name="y">The points of a plane's pixels, down from its first pixel.</param>
    /// <param name="x">The points of a plane's pixels, to the right from its first pixel.</param>
    /// <param name="fill">The value around the planes.</param>
    /// <param name="memory">At least <see cref="ResampleLength"/> elements.</param>
    /// <param name="destination">Receives the planes.</param>
    public void Resample(ReadOnlySpan<float> source, ReadOnlySpan<float> y, ReadOnlySpan<float> x, float? fill, Span<float> memory, Span<float> destination)
    {
        Span<float> padded = memory[..ResampleLength];
        int length = Height * Width;
        for (int start = 0; start < source.Length; start += length)
        {
            BilinearSampling.Pad(source.Slice(start, length), Height, Width, fill, padded);
            BilinearSampling.Sample(padded, Height, Width, y, x, destination.Slice(start, length));
        }
    }
}

using Toolkit.Numerics;

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

    /// <summary>
    /// The value of a plane at a point between its pixels, bilinear; <paramref name="fill"/> lies around the plane, or its edge goes on where that is null.
    /// </summary>
    public float Bilinear(ReadOnlySpan<float> plane, float y, float x, float? fill)
    {
        // Beyond these a neighbourhood holds no pixel; within them a conversion to int cannot overflow.
        y = Math.Clamp(y, -1, Height);
        x = Math.Clamp(x, -1, Width);
        int top = (int)MathF.Floor(y);
        int left = (int)MathF.Floor(x);
        float down = y - top;
        float right = x - left;
        if ((uint)top < (uint)(Height - 1) && (uint)left < (uint)(Width - 1))
        {
            ReadOnlySpan<float> above = plane.Slice((top * Width) + left, 2);
            ReadOnlySpan<float> below = plane.Slice(((top + 1) * Width) + left, 2);
            float first = above[0] + (right * (above[1] - above[0]));
            float second = below[0] + (right * (below[1] - below[0]));
            return first + (down * (second - first));
        }

        float upper = At(plane, top, left, fill) + (right * (At(plane, top, left + 1, fill) - At(plane, top, left, fill)));
        float lower = At(plane, top + 1, left, fill) + (right * (At(plane, top + 1, left + 1, fill) - At(plane, top + 1, left, fill)));
        return upper + (down * (lower - upper));
    }

    private float At(ReadOnlySpan<float> plane, int y, int x, float? fill) => (uint)y < (uint)Height && (uint)x < (uint)Width
        ? plane[(y * Width) + x]
        : fill ?? plane[(Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)];
}

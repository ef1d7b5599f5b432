using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Shifts, rotates and zooms an image at once: each pixel takes the value, bilinear, of the point that the change about the image's centre brings
/// there. One sampling for all three keeps the image sharp. Samples are [C, H, W] or [H, W]; all channels move alike.
/// </summary>
/// <remarks>Draws four numbers a sample: rotation, zoom, shift down, shift right.</remarks>
public sealed class RandomAffine : SampleTransform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="shift">The greatest shift up, down, left and right, as a share of height and width; from 0.</param>
    /// <param name="rotation">The greatest rotation to either side, in degrees; from 0 to 180.</param>
    /// <param name="zoom">The greatest change of size: factors from 1 − zoom to 1 + zoom; from 0, below 1.</param>
    /// <param name="fill">The value around the image; null repeats its edge.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RandomAffine(double shift = 0, double rotation = 0, double zoom = 0, float? fill = 0)
    {
        CheckRange(shift, 0, 1, nameof(shift));
        CheckRange(rotation, 0, 180, nameof(rotation));
        CheckRange(zoom, 0, Math.BitDecrement(1.0), nameof(zoom));
        Shift = shift;
        Rotation = rotation;
        Zoom = zoom;
        Fill = fill;
    }

    /// <summary>The greatest shift, as a share of height and width.</summary>
    public double Shift { get; }

    /// <summary>The greatest rotation in degrees.</summary>
    public double Rotation { get; }

    /// <summary>The greatest change of size.</summary>
    public double Zoom { get; }

    /// <summary>The value around the image; null repeats its edge.</summary>
    public float? Fill { get; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ImagePlanes image = ImagePlanes.Of(this, source, destination, sample);

        // All four are drawn whatever the ranges are: what comes later in the stream does not depend on them.
        double angle = Signed(random) * Rotation * (Math.PI / 180);
        double size = 1 + (Signed(random) * Zoom);
        double down = Signed(random) * Shift * image.Height;
        double right = Signed(random) * Shift * image.Width;

        // Where a pixel's value comes from: the way back, first the shift, then rotation and zoom about the centre.
        (double c, double s) = CosineAndSine(angle);
        float cosine = (float)(c / size);
        float sine = (float)(s / size);
        float middleY = (image.Height - 1) / 2f;
        float middleX = (image.Width - 1) / 2f;
        int length = image.Height * image.Width;
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                float toY = y - middleY - (float)down;
                float toX = x - middleX - (float)right;
                float fromY = middleY + (cosine * toY) + (sine * toX);
                float fromX = middleX + (cosine * toX) - (sine * toY);
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    destination[(channel * length) + (y * image.Width) + x] = image.Bilinear(source.Slice(channel * length, length), fromY, fromX, Fill);
                }
            }
        }
    }

    /// <summary>Uniform in [-1, 1).</summary>
    private static double Signed(CounterRandom random) => (2.0 * random.NextSingle()) - 1;

    /// <summary>
    /// Taylor's polynomials of a sixteenth of the angle, doubled four times: only additions and multiplications, so that every machine gives the same
    /// bits. The error is below 1e-14 for angles up to 180 degrees.
    /// </summary>
    private static (double Cosine, double Sine) CosineAndSine(double angle)
    {
        double t = angle / 16;
        double square = t * t;
        double cosine = 1 - (square / 2 * (1 - (square / 12 * (1 - (square / 30 * (1 - (square / 56 * (1 - (square / 90)))))))));
        double sine = t * (1 - (square / 6 * (1 - (square / 20 * (1 - (square / 42 * (1 - (square / 72 * (1 - (square / 110))))))))));
        for (int i = 0; i < 4; i++)
        {
            (cosine, sine) = ((cosine * cosine) - (sine * sine), 2 * cosine * sine);
        }

        return (cosine, sine);
    }

    private static void CheckRange(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, $"RandomAffine: expected {name} from {low} to {high}, got {value}.");
        }
    }
}

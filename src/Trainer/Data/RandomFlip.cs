using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Mirrors an image, each way with a probability of its own. Samples are [C, H, W] or [H, W].</summary>
/// <remarks>Draws two numbers a sample: left to right, upside down.</remarks>
public sealed class RandomFlip : SampleTransform
{
    /// <summary>Makes the transform.</summary>
    /// <param name="horizontal">The probability to swap left and right.</param>
    /// <param name="vertical">The probability to swap top and bottom.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1].</exception>
    public RandomFlip(double horizontal = 0.5, double vertical = 0)
    {
        Horizontal = CheckProbability(horizontal, nameof(horizontal));
        Vertical = CheckProbability(vertical, nameof(vertical));
    }

    /// <summary>The probability to swap left and right.</summary>
    public double Horizontal { get; }

    /// <summary>The probability to swap top and bottom.</summary>
    public double Vertical { get; }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ImagePlanes image = ImagePlanes.Of(this, source, destination, sample);
        bool horizontal = random.NextSingle() < Horizontal;
        bool vertical = random.NextSingle() < Vertical;
        int rows = image.Channels * image.Height;
        for (int row = 0; row < rows; row++)
        {
            int plane = row / image.Height;
            int y = row % image.Height;
            int from = (plane * image.Height) + (vertical ? image.Height - 1 - y : y);
            Span<float> target = destination.Slice(row * image.Width, image.Width);
            source.Slice(from * image.Width, image.Width).CopyTo(target);
            if (horizontal)
            {
                target.Reverse();
            }
        }
    }

    private static double CheckProbability(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, $"RandomFlip: expected a probability from 0 to 1, got {value}.");
}

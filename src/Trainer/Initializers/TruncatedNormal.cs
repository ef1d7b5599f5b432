using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>
/// Normal, with every number further than two standard deviations from the mean drawn again. What is left has a standard deviation of
/// <see cref="RemainingDeviation"/> times the one asked for.
/// </summary>
public sealed class TruncatedNormal : Initializer
{
    /// <summary>
    /// The standard deviation of a standard normal cut at ±2: √(1 − 4·φ(2) / (2·Φ(2) − 1)) with the normal's density φ and
    /// distribution Φ.
    /// </summary>
    public const double RemainingDeviation = 0.87962566103423978;

    /// <summary>Makes the initializer with Keras's defaults.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation before the cut, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative.</exception>
    public TruncatedNormal(double mean = 0, double standardDeviation = 0.05)
    {
        Mean = mean;
        StandardDeviation = Require(standardDeviation >= 0, standardDeviation, "0 or more", nameof(standardDeviation));
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation before the cut.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckLength(values, shape);
        Fill(values, Mean, StandardDeviation, random);
    }

    internal static void Fill(Span<float> values, double mean, double standardDeviation, CounterRandom random)
    {
        foreach (ref float value in values)
        {
            double normal;
            do
            {
                normal = random.NextNormal();
            }
            while (Math.Abs(normal) > 2);

            value = (float)(mean + (standardDeviation * normal));
        }
    }
}

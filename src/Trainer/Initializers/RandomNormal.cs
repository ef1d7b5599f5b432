using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>Normal with a mean and a standard deviation.</summary>
public sealed class RandomNormal : Initializer
{
    /// <summary>Makes the initializer with Keras's defaults.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative.</exception>
    public RandomNormal(double mean = 0, double standardDeviation = 0.05)
    {
        Mean = mean;
        StandardDeviation = Require(standardDeviation >= 0, standardDeviation, "0 or more", nameof(standardDeviation));
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
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
        random.FillNormal(values);
        foreach (ref float value in values)
        {
            value = (float)(mean + (standardDeviation * value));
        }
    }
}

using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>Uniform between two bounds. Keras's default for embeddings.</summary>
public sealed class RandomUniform : Initializer
{
    /// <summary>Makes the initializer with Keras's defaults.</summary>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The bound above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below the minimum.</exception>
    public RandomUniform(double minimum = -0.05, double maximum = 0.05)
    {
        Minimum = minimum;
        Maximum = Require(maximum >= minimum, maximum, $"{minimum} or more", nameof(maximum));
    }

    /// <summary>The least value.</summary>
    public double Minimum { get; }

    /// <summary>The bound above.</summary>
    public double Maximum { get; }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckLength(values, shape);
        Fill(values, Minimum, Maximum, random);
    }

    internal static void Fill(Span<float> values, double minimum, double maximum, CounterRandom random)
    {
        random.FillUniform(values);
        foreach (ref float value in values)
        {
            value = (float)(minimum + ((maximum - minimum) * value));
        }
    }
}

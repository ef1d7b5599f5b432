using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>How a parameter gets its first values.</summary>
public abstract class Initializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">The parameter, row-major.</param>
    /// <param name="shape">Its shape; fan-in and fan-out are taken from it as Keras does: <c>[in, out]</c> for a
    /// dense kernel, <c>[out, in/groups, k…]</c> for a convolution's.</param>
    /// <param name="random">The parameter's own random stream.</param>
    public abstract void Fill(Span<float> values, Shape shape, CounterRandom random);

    /// <summary>
    /// Makes an initializer with its default settings from its name in Keras: <c>glorot_uniform</c> or <c>GlorotUniform</c>.
    /// </summary>
    /// <exception cref="ArgumentException">No initializer has that name; the message lists those that there are.</exception>
    public static Initializer FromName(string name) => InitializerNames.Create(name);

    /// <summary>Makes an initializer with its default settings from its name: <c>kernelInitializer: "he_normal"</c>.</summary>
    /// <exception cref="ArgumentException">No initializer has that name; the message lists those that there are.</exception>
    public static implicit operator Initializer(string name) => FromName(name);

    private protected void CheckLength(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.Length)
        {
            throw new ArgumentException($"{GetType().Name}: expected {shape.Length} values for shape {shape}, got {values.Length}.", nameof(values));
        }
    }

    private protected double Require(bool holds, double value, string expected, string argument) => holds
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be {expected}, got {value}.");
}

using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>Every value the same.</summary>
/// <param name="value">The value; Keras's default is 0.</param>
public sealed class Constant(double value = 0) : Initializer
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        CheckLength(values, shape);
        values.Fill((float)Value);
    }
}

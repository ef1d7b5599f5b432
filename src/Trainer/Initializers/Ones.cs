using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>Every value 1.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        CheckLength(values, shape);
        values.Fill(1f);
    }
}

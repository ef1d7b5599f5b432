using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>Every value 0.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        CheckLength(values, shape);
        values.Clear();
    }
}

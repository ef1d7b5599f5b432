using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>How a parameter gets its first values.</summary>
public abstract class Initializer
{
    /// <summary>Fills a parameter.</summary>
    /// <param name="values">The parameter, row-major.</param>
    /// <param name="shape">Its shape; fan-in and fan-out are taken from it as Keras does: <c>[in, out]</c> for a dense kernel.</param>
    /// <param name="random">The parameter's own random stream.</param>
    public abstract void Fill(Span<float> values, Shape shape, CounterRandom random);
}

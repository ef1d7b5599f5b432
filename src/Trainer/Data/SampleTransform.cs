using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// A random change of a sample that leaves its target as it is: training sees another version of each sample in every epoch.
/// </summary>
/// <remarks>
/// What is drawn comes from the random stream alone, so that a sample, an epoch and a seed always give the same bits. One instance may be
/// used on several threads at a time.
/// </remarks>
public abstract class SampleTransform
{
    /// <summary>Writes a changed copy of one sample.</summary>
    /// <param name="source">The sample, dense and row-major.</param>
    /// <param name="destination">Receives the changed sample; as long as <paramref name="source"/>, and no part of it.</param>
    /// <param name="sample">The shape of one sample, without the batch: [C, H, W].</param>
    /// <param name="random">The stream to draw from; it advances.</param>
    /// <exception cref="ArgumentException">The shape is not one that the transform takes, or a span has not its length.</exception>
    public abstract void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random);
}

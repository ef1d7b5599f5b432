using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Draws numbers from a counter-based stream. With a seed every run draws the same numbers; without one the session picks its own, and
/// each run goes on where the one before it stopped.
/// </summary>
internal abstract class RandomKernel(float? seed) : OperatorKernel
{
    // The seed attribute is a float: its bits are the seed.
    private readonly CounterRandom _random = new(seed is { } named ? BitConverter.SingleToUInt32Bits(named) : (ulong)Random.Shared.NextInt64(), 0);

    /// <inheritdoc/>
    public override bool IsPure => seed is not null;

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        // Runs may be concurrent.
        lock (_random)
        {
            _random.Position = seed is null ? _random.Position : 0;
            Draw(_random, arguments);
        }
    }

    /// <summary>Fills the outputs.</summary>
    protected abstract void Draw(CounterRandom random, in KernelArguments arguments);
}

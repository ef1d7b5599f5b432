namespace Toolkit.Numerics;

/// <summary>
/// A counter-based random stream (Philox 4x32-10; Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// The n-th number depends on (seed, stream, n) alone: any part can be drawn again, on any thread, and a position is one integer.
/// </summary>
public sealed class CounterRandom
{
    /// <summary>Makes the stream numbered <paramref name="stream"/> of a seed; streams are independent.</summary>
    public CounterRandom(ulong seed, ulong stream) => throw new NotImplementedException();

    /// <summary>How many 32-bit numbers have been drawn. Set it to go back or ahead.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32() => throw new NotImplementedException();

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public float NextSingle() => throw new NotImplementedException();

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => throw new NotImplementedException();

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>), unbiased.</summary>
    public int NextInt32(int exclusiveMax) => throw new NotImplementedException();

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => throw new NotImplementedException();

    /// <summary>Puts the items into a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items) => throw new NotImplementedException();
}

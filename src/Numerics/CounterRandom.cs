using System.Runtime.CompilerServices;

namespace Toolkit.Numerics;

/// <summary>
/// A counter-based random stream (Philox 4x32-10; Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// The n-th number depends on (seed, stream, n) alone: any part can be drawn again, on any thread, and a position is one integer.
/// The key is the seed, the counter is (position / 4, stream), low words first.
/// </summary>
public sealed class CounterRandom
{
    private const int BulkWords = 512;

    private readonly ulong _seed;
    private readonly ulong _stream;
    private PhiloxBlock _block;
    private ulong _blockIndex;

    /// <summary>Makes the stream numbered <paramref name="stream"/> of a seed; streams are independent.</summary>
    public CounterRandom(ulong seed, ulong stream)
    {
        _seed = seed;
        _stream = stream;
        _block = Philox.Block(seed, 0, stream);
    }

    /// <summary>How many 32-bit numbers have been drawn. Set it to go back or ahead.</summary>
    public ulong Position { get; set; }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        ulong position = Position++;
        if (position >> 2 != _blockIndex)
        {
            _blockIndex = position >> 2;
            _block = Philox.Block(_seed, _blockIndex, _stream);
        }

        return _block[(int)position & 3];
    }

    /// <summary>Uniform in [0, 1), 24 bits: one number of the stream.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * Philox.TwoToMinus24;

    /// <summary>Uniform in [0, 1), 53 bits: two numbers of the stream.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32() >> 5;
        ulong low = NextUInt32() >> 6;
        return ((high << 26) | low) * (1.0 / (1L << 53));
    }

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>), unbiased.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);

        ulong product;
        do
        {
            product = (ulong)NextUInt32() * (uint)exclusiveMax;
        }
        while ((uint)product < (uint)exclusiveMax && (uint)product < RejectedBelow((uint)exclusiveMax));

        return (int)(product >> 32);
    }

    /// <summary>Standard normal, by Box and Muller's cosine: four numbers of the stream.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items into a uniformly random order (Fisher and Yates): item i, from the last, changes places with item <see cref="NextInt32"/>(i + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public void Shuffle<T>(Span<T> items)
    {
        // The numbers that NextInt32 would draw, drawn many at a time.
        Span<uint> words = stackalloc uint[BulkWords];
        int next = 0;
        int count = 0;
        for (int i = items.Length - 1; i > 0; i--)
        {
            uint bound = (uint)i + 1;
            ulong product;
            do
            {
                if (next == count)
                {
                    next = (int)(Position & 3);
                    count = (int)Math.Min(BulkWords, next + (uint)i);
                    Philox.Fill(_seed, Position >> 2, _stream, words[..count]);
                }

                product = (ulong)words[next++] * bound;
                Position++;
            }
            while ((uint)product < bound && (uint)product < RejectedBelow(bound));

            int j = (int)(product >> 32);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Fills with what <see cref="NextSingle"/> would return one after another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillUniform(Span<float> destination)
    {
        Span<uint> words = stackalloc uint[BulkWords];
        for (int done = 0; done < destination.Length;)
        {
            // Blocks are drawn whole: the first words may belong to numbers that were drawn before.
            int skipped = (int)(Position & 3);
            int count = Math.Min(BulkWords - skipped, destination.Length - done);
            Philox.Fill(_seed, Position >> 2, _stream, words[..(skipped + count)]);
            for (int i = 0; i < count; i++)
            {
                destination[done + i] = (words[skipped + i] >> 8) * Philox.TwoToMinus24;
            }

            done += count;
            Position += (ulong)count;
        }
    }

    /// <summary>Fills with what <see cref="NextNormal"/> would return one after another, rounded to binary32.</summary>
    public void FillNormal(Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)NextNormal();
        }
    }

    // Lemire, "Fast random integer generation in an interval", 2019: the upper half of a random word's product with the bound is the result; the few
    // lower halves that would favour some results are drawn again. They are below this, which is below the bound.
    private static uint RejectedBelow(uint bound) => (uint)((1UL << 32) % bound);
}

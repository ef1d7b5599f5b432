namespace Toolkit.Numerics;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, "Mersenne Twister", 1998), the generator of NumPy's <c>RandomState</c>: with the same seed it draws the same
/// numbers. Its state lies in memory of the caller's. For what has to repeat NumPy; <see cref="CounterRandom"/> is the generator of everything else.
/// </summary>
public ref struct MersenneTwister
{
    /// <summary>The length of the state.</summary>
    public const int StateLength = 624;

    private const int Middle = 397;
    private const uint UpperMask = 0x8000_0000;
    private const uint LowerMask = 0x7FFF_FFFF;
    private const uint Twist = 0x9908_B0DF;

    private readonly Span<uint> _state;
    private int _next;

    /// <summary>Starts the sequence of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="state">Memory for <see cref="StateLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The memory has another length.</exception>
    public MersenneTwister(uint seed, Span<uint> state)
    {
        if (state.Length != StateLength)
        {
            throw new ArgumentException($"MersenneTwister: expected a state of {StateLength} numbers, got {state.Length}.", nameof(state));
        }

        _state = state;
        state[0] = seed;
        for (int i = 1; i < state.Length; i++)
        {
            state[i] = (1812433253 * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i;
        }

        _next = StateLength;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_next == StateLength)
        {
            Advance();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >> 18);
    }

    /// <summary>Uniform in [0, 1), 53 bits: two numbers of the sequence.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32() >> 5;
        ulong low = NextUInt32() >> 6;
        return ((high << 26) | low) * (1.0 / (1L << 53));
    }

    private void Advance()
    {
        for (int i = 0; i < StateLength; i++)
        {
            uint y = (_state[i] & UpperMask) | (_state[(i + 1) % StateLength] & LowerMask);
            _state[i] = _state[(i + Middle) % StateLength] ^ (y >> 1) ^ ((y & 1) * Twist);
        }

        _next = 0;
    }
}

using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Inverted dropout without a stored mask: whether element i is kept depends on (seed, stream, position + i) alone, so the
/// backward pass draws the same mask again.
/// </summary>
public static class DropoutMask
{
    /// <summary>
    /// y[i] = x[i] / (1 - rate) where the number at position + i of the stream is at or above the rate, else 0. Forward it
    /// maps x to y, backward dy to dx. x and y may be the same memory.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="y">The kept and scaled elements.</param>
    /// <param name="rate">The probability of 0, in [0, 1).</param>
    /// <param name="seed">The seed, as in <see cref="CounterRandom"/>.</param>
    /// <param name="stream">The stream, as in <see cref="CounterRandom"/>.</param>
    /// <param name="position">The position of element 0 in the stream.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y, float rate, ulong seed, ulong stream, ulong position)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"y: expected {x.Length} elements, got {y.Length}.", nameof(y));
        }

        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), $"rate: expected a probability in [0, 1), got {rate}.");
        }

        var threshold = (uint)Math.Ceiling(rate * (double)(1 << 24));
        T scale = T.One / (T.One - T.CreateChecked(rate));
        ulong blockIndex = position >> 2;
        PhiloxBlock block = Philox.Block(seed, blockIndex, stream);
        for (int i = 0; i < x.Length; i++)
        {
            ulong at = position + (ulong)i;
            if (at >> 2 != blockIndex)
            {
                blockIndex = at >> 2;
                block = Philox.Block(seed, blockIndex, stream);
            }

            y[i] = block[(int)at & 3] >> 8 >= threshold ? x[i] * scale : T.Zero;
        }
    }
}

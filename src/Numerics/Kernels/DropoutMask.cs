using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Inverted dropout without a stored mask: whether element i is kept depends on (seed, stream, position + i) alone, so the
/// backward pass draws the same mask again.
/// </summary>
public static unsafe class DropoutMask
{
    // A part shorter than this is done before a sleeping worker has woken.
    private const int Grain = 8192;

    private const int BulkWords = 512;

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
    /// <param name="workers">The threads to use; null for the caller alone.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public static void Apply<T>(ReadOnlySpan<T> x, Span<T> y, float rate, ulong seed, ulong stream, ulong position, WorkerPool? workers = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check.Length(y.Length, x.Length);
        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), $"rate: expected a probability in [0, 1), got {rate}.");
        }

        var threshold = (uint)Math.Ceiling(rate * (double)(1 << 24));
        T scale = T.One / (T.One - T.CreateChecked(rate));
        fixed (T* px = x, py = y)
        {
            var body = new Body<T>(px, py, x.Length, threshold, scale, seed, stream, position);
            workers ??= WorkerPool.Serial;
            workers.Run(ref body, Math.Clamp(x.Length / Grain, 1, workers.ThreadCount));
        }
    }

    private readonly struct Body<T>(T* x, T* y, int length, uint threshold, T scale, ulong seed, ulong stream, ulong position) : IParallelBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Invoke(int part, int partCount)
        {
            int end = (int)((long)length * (part + 1) / partCount);
            Span<uint> words = stackalloc uint[BulkWords];
            for (int i = (int)((long)length * part / partCount); i < end;)
            {
                // Blocks are drawn whole: the first words may belong to elements before.
                ulong at = position + (ulong)i;
                int skipped = (int)(at & 3);
                int count = Math.Min(BulkWords - skipped, end - i);
                Philox.Fill(seed, at >> 2, stream, words[..(skipped + count)]);
                Select(words.Slice(skipped, count), new ReadOnlySpan<T>(x + i, count), new Span<T>(y + i, count));
                i += count;
            }
        }

        private void Select(ReadOnlySpan<uint> words, ReadOnlySpan<T> source, Span<T> destination)
        {
            int i = 0;
            if (Vector<T>.IsSupported && Vector<T>.Count == Vector<uint>.Count)
            {
                var limit = new Vector<uint>(threshold);
                for (; i <= words.Length - Vector<uint>.Count; i += Vector<uint>.Count)
                {
                    Vector<uint> kept = Vector.GreaterThanOrEqual(new Vector<uint>(words[i..]) >> 8, limit);
                    Vector.ConditionalSelect(Vector.As<uint, T>(kept), new Vector<T>(source[i..]) * scale, Vector<T>.Zero).CopyTo(destination[i..]);
                }
            }

            for (; i < words.Length; i++)
            {
                destination[i] = words[i] >> 8 >= threshold ? source[i] * scale : T.Zero;
            }
        }
    }
}

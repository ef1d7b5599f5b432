using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Copies rows of a matrix in an order that is given: a batch out of a shuffled data set.</summary>
public static unsafe class RowGather
{
    // Bytes that a thread must have to copy before it is worth waking.
    private const int Grain = 64 << 10;

    // Rows lie anywhere in memory, so that no hardware foresees them: this many bytes ahead of the copy they are asked for.
    private const int AheadBytes = 8192;
    private const int MaximumRowsAhead = 16;
    private const int LineBytes = 64;

    /// <summary>destination[i,:] = source[rows[i],:]. Allocates nothing.</summary>
    /// <param name="source">The matrix, whole rows of <paramref name="width"/> elements.</param>
    /// <param name="width">Elements a row.</param>
    /// <param name="rows">The index of the row that goes to each row of the destination.</param>
    /// <param name="destination">As many rows as there are indices; no part of the source.</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A length is not its matrix's, or an index is not a row of the source.</exception>
    public static void Copy(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> rows, Span<float> destination, WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        Check.Matrix(destination.Length, rows.Length, width);
        if (width == 0)
        {
            return;
        }

        CheckRows(rows, source.Length / width);
        fixed (float* from = source, to = destination)
        fixed (int* indices = rows)
        {
            var body = new Body(from, indices, to, width, rows.Length);
            long parts = Math.Clamp((long)destination.Length * sizeof(float) / Grain, 1, Math.Min(workers.ThreadCount, rows.Length));
            if (parts == 1)
            {
                body.Invoke(0, 1);
            }
            else
            {
                workers.Run(ref body, (int)parts);
            }
        }
    }

    private static void CheckRows(ReadOnlySpan<int> rows, int count)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)count)
            {
                throw new ArgumentException($"rows: expected indices of the source's {count} rows, got {row}.", nameof(rows));
            }
        }
    }

    private readonly struct Body(float* source, int* rows, float* destination, int width, int count) : IParallelBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int part, int partCount)
        {
            int from = (int)((long)count * part / partCount);
            int to = (int)((long)count * (part + 1) / partCount);
            int ahead = Math.Clamp(AheadBytes / (width * sizeof(float)), 1, MaximumRowsAhead);
            for (int row = from; row < Math.Min(from + ahead, to); row++)
            {
                Prefetch(source + ((nint)rows[row] * width));
            }

            for (int row = from; row < to; row++)
            {
                if (row + ahead < to)
                {
                    Prefetch(source + ((nint)rows[row + ahead] * width));
                }

                CopyRow(source + ((nint)rows[row] * width), destination + ((nint)row * width));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Prefetch(float* row)
        {
            if (Sse.IsSupported)
            {
                for (int offset = 0; offset < width * sizeof(float); offset += LineBytes)
                {
                    Sse.Prefetch0((byte*)row + offset);
                }
            }
        }

        // Whole vectors, the last of which overlaps the one before: a call to copy memory costs more than most rows.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void CopyRow(float* from, float* to)
        {
            if (width >= 16)
            {
                for (int i = 0; i <= width - 16; i += 16)
                {
                    Vector512.Store(Vector512.Load(from + i), to + i);
                }

                Vector512.Store(Vector512.Load(from + width - 16), to + width - 16);
            }
            else if (width >= 4)
            {
                for (int i = 0; i <= width - 4; i += 4)
                {
                    Vector128.Store(Vector128.Load(from + i), to + i);
                }

                Vector128.Store(Vector128.Load(from + width - 4), to + width - 4);
            }
            else
            {
                for (int i = 0; i < width; i++)
                {
                    to[i] = from[i];
                }
            }
        }
    }
}

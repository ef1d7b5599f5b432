namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// Packs buffers with known lifetimes into one arena: greedy by size, each at the lowest offset at which it overlaps no buffer
/// that lives at the same time (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020, section 5).
/// </summary>
internal static class MemoryPlanner
{
    /// <summary>Every buffer starts at a multiple of this: a cache line, and the width of the widest vector.</summary>
    public const int Alignment = 64;

    // The search compares pairs. Above this many buffers, which only a generated graph has, they are placed in the order of time instead.
    private const int MaxPairwise = 4096;

    /// <summary>The offset of every buffer, and the size of the arena.</summary>
    public static (long[] Offsets, long Bytes) Place(IReadOnlyList<BufferRequest> buffers)
    {
        var offsets = new long[buffers.Count];
        return (offsets, buffers.Count <= MaxPairwise ? PlaceBySize(buffers, offsets) : PlaceByTime(buffers, offsets));
    }

    /// <summary>Rounds up to <see cref="Alignment"/>.</summary>
    public static long Align(long bytes) => (bytes + Alignment - 1) & ~(long)(Alignment - 1);

    private static long PlaceBySize(IReadOnlyList<BufferRequest> buffers, long[] offsets)
    {
        int[] order = [.. Enumerable.Range(0, buffers.Count).OrderByDescending(i => buffers[i].Bytes).ThenBy(i => buffers[i].First).ThenBy(i => i)];
        var placed = new List<int>(order.Length); // sorted by offset
        long total = 0;
        foreach (int index in order)
        {
            BufferRequest buffer = buffers[index];
            long size = Align(buffer.Bytes);
            long offset = 0;
            foreach (int other in placed)
            {
                BufferRequest neighbour = buffers[other];
                if (neighbour.First > buffer.Last || neighbour.Last < buffer.First)
                {
                    continue;
                }

                if (offsets[other] - offset >= size)
                {
                    break;
                }

                offset = Math.Max(offset, offsets[other] + Align(neighbour.Bytes));
            }

            offsets[index] = offset;
            int position = placed.FindIndex(other => offsets[other] > offset);
            placed.Insert(position < 0 ? placed.Count : position, index);
            total = Math.Max(total, offset + size);
        }

        return total;
    }

    // Free memory is kept in slots of the sizes that were asked for; a buffer takes the smallest slot that holds it.
    private static long PlaceByTime(IReadOnlyList<BufferRequest> buffers, long[] offsets)
    {
        var free = new FreeSlots();
        var live = new PriorityQueue<(long Offset, long Size), int>();
        long total = 0;
        foreach (int index in Enumerable.Range(0, buffers.Count).OrderBy(i => buffers[i].First).ThenBy(i => i))
        {
            BufferRequest buffer = buffers[index];
            while (live.TryPeek(out (long Offset, long Size) slot, out int last) && last < buffer.First)
            {
                live.Dequeue();
                free.Add(slot);
            }

            long size = Align(buffer.Bytes);
            (long Offset, long Size) taken = free.Take(size) ?? (total, size);
            total = Math.Max(total, taken.Offset + taken.Size);
            offsets[index] = taken.Offset;
            live.Enqueue(taken, buffer.Last);
        }

        return total;
    }

    private sealed class FreeSlots
    {
        private readonly SortedSet<(long Size, long Offset)> _slots = [];

        public void Add((long Offset, long Size) slot) => _slots.Add((slot.Size, slot.Offset));

        public (long Offset, long Size)? Take(long size)
        {
            (long Size, long Offset) found = _slots.GetViewBetween((size, long.MinValue), (long.MaxValue, long.MaxValue)).Min;
            if (found.Size < size || size == 0)
            {
                return null;
            }

            _slots.Remove(found);
            return (found.Offset, found.Size);
        }
    }
}

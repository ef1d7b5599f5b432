namespace Toolkit.Trainer.Autograd;

/// <summary>
/// Places buffers in one arena so that two whose lifetimes overlap never overlap in memory. Greedy by size: the largest first, each
/// into the tightest gap between those placed already (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020).
/// </summary>
internal static class MemoryPlanner
{
    /// <summary>Gives the offset of every request and the arena's length; offsets are multiples of <see cref="AlignedMemory.Alignment"/>.</summary>
    public static int[] Plan(IReadOnlyList<MemoryRequest> requests, out int arenaLength)
    {
        var offsets = new int[requests.Count];
        var placed = new List<int>();
        arenaLength = 0;
        foreach (int index in Enumerable.Range(0, requests.Count).OrderByDescending(i => requests[i].Length))
        {
            MemoryRequest request = requests[index];
            int length = AlignedMemory.RoundUp(request.Length);
            int end = 0;
            int best = -1;
            int bestGap = int.MaxValue;
            foreach (int other in placed)
            {
                if (!requests[other].Overlaps(request))
                {
                    continue;
                }

                int gap = offsets[other] - end;
                if (gap >= length && gap < bestGap)
                {
                    (best, bestGap) = (end, gap);
                }

                end = Math.Max(end, offsets[other] + AlignedMemory.RoundUp(requests[other].Length));
            }

            offsets[index] = best >= 0 ? best : end;
            arenaLength = Math.Max(arenaLength, checked(offsets[index] + length));
            int position = placed.FindIndex(other => offsets[other] > offsets[index]);
            placed.Insert(position < 0 ? placed.Count : position, index);
        }

        return offsets;
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Tests.Autograd;

public class MemoryPlannerTests
{
    [Fact]
    public void Buffers_that_live_at_the_same_time_never_overlap()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new CounterRandom(seed, 0);
            MemoryRequest[] requests = [.. Enumerable.Range(0, 1 + random.NextInt32(40)).Select(_ =>
            {
                int first = random.NextInt32(20);
                return new MemoryRequest(1 + random.NextInt32(200), first, first + random.NextInt32(8));
            })];

            int[] offsets = MemoryPlanner.Plan(requests, out int length);

            AssertDisjoint(seed, requests, offsets);
            Assert.All(offsets, offset => Assert.Equal(0, offset % AlignedMemory.Alignment));
            Assert.All(requests.Zip(offsets), pair => Assert.True(pair.Second + pair.First.Length <= length));
        }
    }

    [Fact]
    public void Memory_is_used_again_once_its_buffer_is_dead()
    {
        MemoryRequest[] chain = [.. Enumerable.Range(0, 10).Select(i => new MemoryRequest(160, i, i + 1))];

        MemoryPlanner.Plan(chain, out int length);

        Assert.Equal(320, length);
    }

    [Fact]
    public void The_tightest_gap_is_taken()
    {
        MemoryRequest[] requests =
        [
            new(320, 0, 1),
            new(160, 0, 9),
            new(96, 0, 1),
            new(80, 0, 9),
            new(64, 5, 6),
        ];

        int[] offsets = MemoryPlanner.Plan(requests, out _);

        // Free at 5 to 6: [0, 320) and [480, 576); the 64 go to the smaller.
        Assert.Equal([0, 320, 480, 576, 480], offsets);
    }

    internal static void AssertDisjoint(ulong seed, IReadOnlyList<MemoryRequest> requests, IReadOnlyList<int> offsets)
    {
        for (int i = 0; i < requests.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool apart = offsets[i] + requests[i].Length <= offsets[j] || offsets[j] + requests[j].Length <= offsets[i];
                Assert.True(apart || !requests[i].Overlaps(requests[j]), $"case {seed}: {requests[i]} at {offsets[i]} and {requests[j]} at {offsets[j]}");
            }
        }
    }
}

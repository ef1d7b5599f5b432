using Toolkit.EdgeRuntime.Planning;

namespace Toolkit.EdgeRuntime.Tests.Planning;

public sealed class MemoryPlannerTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(6000)]
    public void Buffers_that_live_at_the_same_time_do_not_overlap(int count)
    {
        var random = new Random(count);
        BufferRequest[] buffers = [.. Enumerable.Range(0, count).Select(_ =>
        {
            int first = random.Next(count);
            return new BufferRequest(random.Next(0, 1000), first, first + random.Next(0, 20));
        })];
        (long[] offsets, long bytes) = MemoryPlanner.Place(buffers);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(0, offsets[i] % MemoryPlanner.Alignment);
            Assert.InRange(offsets[i] + buffers[i].Bytes, 0, bytes);
            for (int j = 0; j < i; j++)
            {
                bool sameTime = buffers[i].First <= buffers[j].Last && buffers[j].First <= buffers[i].Last;
                bool samePlace = offsets[i] < offsets[j] + buffers[j].Bytes && offsets[j] < offsets[i] + buffers[i].Bytes;
                Assert.False(sameTime && samePlace, $"{buffers[i]} at {offsets[i]} and {buffers[j]} at {offsets[j]}");
            }
        }

        Assert.True(bytes < buffers.Sum(buffer => MemoryPlanner.Align(buffer.Bytes)), "nothing was reused");
    }

    [Fact]
    public void A_chain_of_equal_buffers_needs_two()
    {
        BufferRequest[] chain = [.. Enumerable.Range(0, 50).Select(i => new BufferRequest(640, i, i + 1))];
        Assert.Equal(2 * 640, MemoryPlanner.Place(chain).Bytes);
    }

    [Fact]
    public void No_buffers_need_no_memory() => Assert.Equal(0, MemoryPlanner.Place([]).Bytes);
}

using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

public sealed unsafe class WorkSharesTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 16)]
    [InlineData(3, 17)]
    [InlineData(5, 2)]
    [InlineData(4, 0)]
    public void A_part_takes_its_share_and_then_what_others_left(int parts, int units)
    {
        long* memory = stackalloc long[WorkShares.Length(parts)];
        var shares = new WorkShares(memory, units, parts);
        int last = parts - 1;
        var taken = new List<int>();
        while (shares.TryTake(last, out int unit))
        {
            taken.Add(unit);
        }

        int first = (int)((long)units * last / parts);
        Assert.Equal(Enumerable.Range(first, units - first), taken.Take(units - first));
        Assert.Equal(Enumerable.Range(0, units), taken.Order());
        Assert.False(shares.TryTake(0, out _));
    }

    [Fact]
    public void Threads_that_race_take_every_unit_once()
    {
        const int Units = 20_000;
        long* memory = stackalloc long[WorkShares.Length(3)];
        var counts = new Counts { Shares = new WorkShares(memory, Units, 3), Taken = new int[Units] };
        using var pool = new WorkerPool(3);
        pool.Run(ref counts, 3);
        Assert.All(counts.Taken, count => Assert.Equal(1, count));
    }

    private struct Counts : IParallelBody
    {
        public WorkShares Shares;
        public int[] Taken;

        public readonly void Invoke(int part, int partCount)
        {
            while (Shares.TryTake(part, out int unit))
            {
                Interlocked.Increment(ref Taken[unit]);
            }
        }
    }
}

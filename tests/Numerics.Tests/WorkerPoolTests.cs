using Toolkit.Numerics;

namespace Toolkit.Numerics.Tests;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 11)]
    [InlineData(3, 150)]
    public void Every_part_runs_exactly_once(int threads, int parts)
    {
        using var pool = new WorkerPool(threads);
        for (int repeat = 0; repeat < 200; repeat++)
        {
            var body = new CountParts { Counts = new int[parts] };
            pool.Run(ref body, parts);
            Assert.All(body.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Zero_parts_run_nothing()
    {
        using var pool = new WorkerPool(2);
        var body = new CountParts { Counts = [] };
        pool.Run(ref body, 0);
        Assert.Equal(0, body.LastPartCount);
    }

    [Fact]
    public void Parts_as_many_as_threads_run_on_different_threads()
    {
        using var pool = new WorkerPool(3);
        var body = new RecordThreads { Threads = new int[3], Meeting = new Barrier(3) };
        pool.Run(ref body, 3);
        Assert.Equal(3, body.Threads.Distinct().Count());
        Assert.Equal(Environment.CurrentManagedThreadId, body.Threads[0]);
    }

    [Fact]
    public void Fields_that_a_part_writes_are_in_the_callers_struct_afterwards()
    {
        using var pool = new WorkerPool(2);
        var body = new CountParts { Counts = new int[2] };
        pool.Run(ref body, 2);
        Assert.Equal(2, body.LastPartCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_of_any_thread_reaches_the_caller_and_the_pool_works_on(int failing)
    {
        using var pool = new WorkerPool(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var bad = new ThrowInPart { First = failing, Last = failing };
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => pool.Run(ref bad, 3));
            Assert.Equal($"part {failing}", thrown.Message);

            var good = new CountParts { Counts = new int[3] };
            pool.Run(ref good, 3);
            Assert.All(good.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Of_several_exceptions_the_lowest_parts_comes_out()
    {
        using var pool = new WorkerPool(3);
        var bad = new ThrowInPart { First = 1, Last = 2 };
        Assert.Equal("part 1", Assert.Throws<InvalidOperationException>(() => pool.Run(ref bad, 3)).Message);
    }

    [Fact]
    public void A_part_that_is_held_up_keeps_no_other_part_waiting()
    {
        using var pool = new WorkerPool(2);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            using var others = new CountdownEvent(3);
            var body = new HoldPartOne { Others = others };
            pool.Run(ref body, 4);
            Assert.True(body.OthersFinished);
        }
    }

    [Fact]
    public void A_body_may_run_on_its_own_pool()
    {
        using var pool = new WorkerPool(2);
        var body = new Nested { Pool = pool, Counts = new int[2] };
        pool.Run(ref body, 2);
        Assert.Equal([4, 4], body.Counts);
    }

    [Fact]
    public void Callers_on_several_threads_share_a_pool()
    {
        using var pool = new WorkerPool(2);
        Parallel.For(0, 4, _ =>
        {
            for (int repeat = 0; repeat < 2000; repeat++)
            {
                var body = new CountParts { Counts = new int[5] };
                pool.Run(ref body, 5);
                Assert.All(body.Counts, count => Assert.Equal(1, count));
            }
        });
    }

    [Fact]
    public void Sleeping_workers_wake()
    {
        using var pool = new WorkerPool(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            Thread.Sleep(1 + (repeat % 3));
            var body = new CountParts { Counts = new int[3] };
            pool.Run(ref body, 3);
            Assert.All(body.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        using var pool = new WorkerPool(2);
        var body = new CountParts { Counts = new int[2] };
        TestAllocations.AssertNone(() =>
        {
            for (int repeat = 0; repeat < 100; repeat++)
            {
                pool.Run(ref body, 2);
            }
        });
    }

    [Fact]
    public void A_disposed_pool_refuses_and_disposing_twice_is_allowed()
    {
        var pool = new WorkerPool(3);
        var body = new CountParts { Counts = new int[3] };
        pool.Run(ref body, 3);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(ref body, 3));
    }

    [Fact]
    public void A_count_below_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.ConfigureShared(0));
    }

    [Fact]
    public void Configuring_the_shared_pool_replaces_it_and_the_old_one_still_runs_every_part()
    {
        WorkerPool before = WorkerPool.Shared;
        int threads = before.ThreadCount;
        try
        {
            WorkerPool.ConfigureShared(threads + 1);
            Assert.Equal(threads + 1, WorkerPool.Shared.ThreadCount);
            var body = new CountParts { Counts = new int[4] };
            before.Run(ref body, 4);
            Assert.Equal([1, 1, 1, 1], body.Counts);
        }
        finally
        {
            WorkerPool.ConfigureShared(threads);
        }

        Assert.Equal(threads, WorkerPool.Shared.ThreadCount);
    }

    [Fact]
    public void The_serial_pool_is_the_caller_alone_and_survives_disposal()
    {
        WorkerPool.Serial.Dispose();
        var body = new RecordThreads { Threads = new int[2] };
        WorkerPool.Serial.Run(ref body, 2);
        Assert.Equal(1, WorkerPool.Serial.ThreadCount);
        Assert.All(body.Threads, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    private struct CountParts : IParallelBody
    {
        public int[] Counts;
        public int LastPartCount;

        public void Invoke(int part, int partCount)
        {
            Interlocked.Increment(ref Counts[part]);
            LastPartCount = partCount;
        }
    }

    private struct RecordThreads : IParallelBody
    {
        public int[] Threads;
        public Barrier? Meeting;

        public readonly void Invoke(int part, int partCount)
        {
            Threads[part] = Environment.CurrentManagedThreadId;
            Meeting?.SignalAndWait();
        }
    }

    private struct ThrowInPart : IParallelBody
    {
        public int First;
        public int Last;

        public readonly void Invoke(int part, int partCount)
        {
            if (part >= First && part <= Last)
            {
                throw new InvalidOperationException($"part {part}");
            }
        }
    }

    private struct HoldPartOne : IParallelBody
    {
        public CountdownEvent Others;
        public bool OthersFinished;

        public void Invoke(int part, int partCount)
        {
            if (part == 1)
            {
                OthersFinished = Others.Wait(TimeSpan.FromSeconds(10));
            }
            else
            {
                Others.Signal();
            }
        }
    }

    private struct Nested : IParallelBody
    {
        public WorkerPool Pool;
        public int[] Counts;

        public readonly void Invoke(int part, int partCount)
        {
            var inner = new CountParts { Counts = new int[4] };
            Pool.Run(ref inner, 4);
            Counts[part] = inner.Counts.Sum();
        }
    }
}

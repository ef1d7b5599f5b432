using System.Collections.Concurrent;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Training;

/// <summary>One pool for each number of threads that models ask for, kept for the life of the process: parked threads cost next to nothing.</summary>
internal static class WorkerPools
{
    private static readonly ConcurrentDictionary<int, Lazy<WorkerPool>> Pools = new();

    public static WorkerPool Of(int threadCount)
    {
        if (threadCount < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threadCount), $"Threads: expected 1 or more, got {threadCount}.");
        }

        return threadCount == 1 ? WorkerPool.Serial : Pools.GetOrAdd(threadCount, static count => new Lazy<WorkerPool>(() => new WorkerPool(count))).Value;
    }
}

namespace Toolkit.Numerics;

/// <summary>
/// A fixed number of threads that kernels split work over: the caller and parked workers that spin for microseconds
/// at most before they sleep. Work is partitioned statically, so results never depend on timing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    /// <summary>Makes a pool of <paramref name="threadCount"/> threads, the calling one included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public WorkerPool(int threadCount) => throw new NotImplementedException();

    /// <summary>The caller alone.</summary>
    public static WorkerPool Serial => throw new NotImplementedException();

    /// <summary>One thread a processor; made at first use.</summary>
    public static WorkerPool Shared => throw new NotImplementedException();

    /// <summary>The threads that work, the caller included.</summary>
    public int ThreadCount => throw new NotImplementedException();

    /// <summary>Stops the workers.</summary>
    public void Dispose() => throw new NotImplementedException();
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Toolkit.Numerics;

/// <summary>
/// A fixed number of threads that kernels split work over: the caller and parked workers that spin for microseconds
/// at most before they sleep. Work is partitioned statically, so results never depend on timing.
/// </summary>
/// <remarks>
/// Each thread has a run of consecutive parts, so that successive kernels find their data in its caches; but a thread that is done takes
/// parts from the ends of the others' runs, because a thread may still be asleep or its processor busy elsewhere. Which thread does a part
/// never changes what it computes.
/// One call of <see cref="Run{TBody}"/> has the workers at a time. A call from a body, or from another thread while the
/// workers are taken, does all its parts on the calling thread instead of waiting: same parts, same results, no deadlock.
/// </remarks>
public sealed unsafe class WorkerPool : IDisposable
{
    // A training step has serial stretches of tens of microseconds (the loss, the next batch), and waking a thread that sleeps takes as long again:
    // so a worker spins through them and sleeps when the step is over. The caller waits for parts that are running and about equal to its own.
    private const int WorkerSpinMicroseconds = 100;
    private const int CallerSpinMicroseconds = 100;

    private static readonly Lock SharedLock = new();
    private static WorkerPool? _shared;

    private readonly Worker[] _workers;
    private readonly SpinThenSleepCounter _unfinished = new(CallerSpinMicroseconds);
    private readonly Lock _failureLock = new();
    private readonly bool _isPermanent;
    private delegate*<void*, int, int, void> _invoke;
    private void* _body;
    private int _partCount;
    private int _groups;
    private WorkLimits.State _limits;
    private int _failedPart;
    private ExceptionDispatchInfo? _failure;
    private int _taken;

    // Bit g: the parts g, g + groups, … are not begun. Whoever clears the bit does them, and what describes the call stays as it is until
    // they are finished; so a worker that wakes late finds no bit, or one of a later call, and both are right.
    private ulong _unclaimed;
    private volatile bool _disposed;
    private bool _stopping;

    /// <summary>Makes a pool of <paramref name="threadCount"/> threads, the calling one included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public WorkerPool(int threadCount)
        : this(threadCount, isPermanent: false)
    {
    }

    private WorkerPool(int threadCount, bool isPermanent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        _isPermanent = isPermanent;
        _workers = new Worker[threadCount - 1];
        for (int index = 0; index < _workers.Length; index++)
        {
            _workers[index] = new Worker(this, index + 1);
        }
    }

    /// <summary>The caller alone. Disposing it does nothing.</summary>
    public static WorkerPool Serial { get; } = new(1, isPermanent: true);

    /// <summary>One thread a processor, or what <see cref="ConfigureShared"/> set; made at first use. Disposing it does nothing.</summary>
    public static WorkerPool Shared
    {
        get
        {
            WorkerPool? shared = Volatile.Read(ref _shared);
            if (shared is not null)
            {
                return shared;
            }

            lock (SharedLock)
            {
                return _shared ??= new WorkerPool(Environment.ProcessorCount, isPermanent: true);
            }
        }
    }

    /// <summary>The threads that work, the caller included.</summary>
    public int ThreadCount => _workers.Length + 1;

    /// <summary>
    /// Replaces <see cref="Shared"/> by a pool of <paramref name="threadCount"/> threads. Meant for a program's start: the
    /// pool that was shared until now loses its workers, and whoever still holds it runs on the calling thread alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public static void ConfigureShared(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        WorkerPool? previous;
        lock (SharedLock)
        {
            if (_shared?.ThreadCount == threadCount)
            {
                return;
            }

            previous = _shared;
            Volatile.Write(ref _shared, new WorkerPool(threadCount, isPermanent: true));
        }

        previous?.Stop();
    }

    /// <summary>
    /// Calls <c>body.Invoke(part, parts)</c> once for each part and returns when all are done. Allocates nothing.
    /// </summary>
    /// <param name="body">The work; what the parts write into the struct's fields is there afterwards.</param>
    /// <param name="parts">How many parts; below 1 means none.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="OperationCanceledException">The caller's <see cref="WorkLimits"/> says so; the parts that were left are not done.</exception>
    /// <exception cref="TimeoutException">The deadline of the caller's <see cref="WorkLimits"/> has passed; likewise.</exception>
    /// <remarks>An exception that a part throws comes out here after all parts have ended; of several, the lowest part's.</remarks>
    public void Run<TBody>(ref TBody body, int parts)
        where TBody : struct, IParallelBody
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (parts <= 1 || _workers.Length == 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            RunHere(ref body, parts);
            return;
        }

        // The copy is on this thread's stack, where a pointer to it stays valid while the garbage collector moves objects.
        TBody local = body;
        try
        {
            RunOnWorkers(&Trampoline<TBody>.Invoke, Unsafe.AsPointer(ref local), parts);
        }
        finally
        {
            body = local;
            Volatile.Write(ref _taken, 0);
        }
    }

    /// <summary>Stops the workers, after the call that has them. Must not be called from a body.</summary>
    public void Dispose()
    {
        if (_isPermanent || _disposed)
        {
            return;
        }

        _disposed = true;
        Stop();
    }

    private static void RunHere<TBody>(ref TBody body, int parts)
        where TBody : struct, IParallelBody
    {
        ExceptionDispatchInfo? failure = null;
        for (int part = 0; part < parts; part++)
        {
            WorkLimits.Poll();
            try
            {
                body.Invoke(part, parts);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private void RunOnWorkers(delegate*<void*, int, int, void> invoke, void* body, int parts)
    {
        int groups = Math.Min(parts, 64);
        _invoke = invoke;
        _body = body;
        _partCount = parts;
        _groups = groups;
        _limits = WorkLimits.Current;
        _unfinished.Reset(groups);
        Volatile.Write(ref _unclaimed, BitsBelow(groups));
        int helpers = Math.Min(groups - 1, _workers.Length);
        for (int index = 0; index < helpers; index++)
        {
            _workers[index].Wake();
        }

        RunUnclaimed(thread: 0);
        for (int unfinished = _unfinished.Value; unfinished != 0; unfinished = _unfinished.WaitWhile(unfinished))
        {
        }

        _limits = default;
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    private void RunUnclaimed(int thread)
    {
        while (TryClaim(thread, out int group))
        {
            int parts = _partCount;
            int step = _groups;
            WorkLimits.Current = _limits;
            for (int part = group; part < parts; part += step)
            {
                try
                {
                    WorkLimits.Poll();
                    _invoke(_body, part, parts);
                }
                catch (Exception exception)
                {
                    KeepFailure(part, exception);
                    if (_limits.IsDue)
                    {
                        break;
                    }
                }
            }

            _unfinished.Add(-1);
        }
    }

    private bool TryClaim(int thread, out int group)
    {
        ulong unclaimed = Volatile.Read(ref _unclaimed);
        while (unclaimed != 0)
        {
            // The thread's own run from its start; then what is left of the others', the last first.
            ulong own = unclaimed & BitsOf(thread);
            group = own != 0 ? BitOperations.TrailingZeroCount(own) : BitOperations.Log2(unclaimed);
            ulong seen = Interlocked.CompareExchange(ref _unclaimed, unclaimed & ~(1UL << group), unclaimed);
            if (seen == unclaimed)
            {
                return true;
            }

            unclaimed = seen;
        }

        group = -1;
        return false;
    }

    private ulong BitsOf(int thread)
    {
        int groups = _groups;
        int threads = Math.Min(groups, ThreadCount);
        return thread < threads ? BitsBelow(groups * (thread + 1) / threads) & ~BitsBelow(groups * thread / threads) : 0;
    }

    private static ulong BitsBelow(int count) => count == 64 ? ulong.MaxValue : (1UL << count) - 1;

    private void KeepFailure(int part, Exception exception)
    {
        lock (_failureLock)
        {
            if (_failure is null || part < _failedPart)
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
                _failedPart = part;
            }
        }
    }

    // Takes the workers for good: later calls of Run find them taken and run on their caller.
    private void Stop()
    {
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            spin.SpinOnce();
        }

        Volatile.Write(ref _stopping, true);
        foreach (Worker worker in _workers)
        {
            worker.Wake();
        }

        foreach (Worker worker in _workers)
        {
            worker.Join();
        }
    }

    private static class Trampoline<TBody>
        where TBody : struct, IParallelBody
    {
        public static void Invoke(void* body, int part, int partCount) => Unsafe.AsRef<TBody>(body).Invoke(part, partCount);
    }

    private sealed class Worker
    {
        private readonly SpinThenSleepCounter _calls = new(WorkerSpinMicroseconds);
        private readonly WorkerPool _pool;
        private readonly int _index;
        private readonly Thread _thread;

        public Worker(WorkerPool pool, int index)
        {
            (_pool, _index) = (pool, index);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"Toolkit worker {index}" };
            _thread.Start();
        }

        public void Wake() => _calls.Add(1);

        public void Join() => _thread.Join();

        private void Loop()
        {
            int calls = 0;
            while (true)
            {
                calls = _calls.WaitWhile(calls);
                if (Volatile.Read(ref _pool._stopping))
                {
                    return;
                }

                _pool.RunUnclaimed(_index);
            }
        }
    }
}

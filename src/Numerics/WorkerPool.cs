using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Toolkit.Numerics;

/// <summary>
/// A fixed number of threads that kernels split work over: the caller and parked workers that spin for microseconds
/// at most before they sleep. Work is partitioned statically, so results never depend on timing.
/// </summary>
/// <remarks>
/// One call of <see cref="Run{TBody}"/> has the workers at a time. A call from a body, or from another thread while the
/// workers are taken, does all its parts on the calling thread instead of waiting: same parts, same results, no deadlock.
/// </remarks>
public sealed unsafe class WorkerPool : IDisposable
{
    private static readonly Lock SharedLock = new();
    private static WorkerPool? _shared;

    private readonly Worker[] _workers;
    private readonly SpinThenSleepCounter _running = new();
    private readonly bool _isPermanent;
    private delegate*<void*, int, int, void> _invoke;
    private void* _body;
    private int _partCount;
    private int _taken;
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
    /// Calls <c>body.Invoke(part, parts)</c> once for each part and returns when all are done. Thread t of T does the parts
    /// t, t + T, … in order; the caller is thread 0. Allocates nothing.
    /// </summary>
    /// <param name="body">The work; what the parts write into the struct's fields is there afterwards.</param>
    /// <param name="parts">How many parts; below 1 means none.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <remarks>An exception that a part throws comes out here after all threads have stopped; of several, the one of the lowest thread.
    /// The later parts of the thread that threw are not done.</remarks>
    public void Run<TBody>(ref TBody body, int parts)
        where TBody : struct, IParallelBody
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (parts <= 1 || _workers.Length == 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                body.Invoke(part, parts);
            }

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

    private void RunOnWorkers(delegate*<void*, int, int, void> invoke, void* body, int parts)
    {
        int helpers = Math.Min(parts - 1, _workers.Length);
        _invoke = invoke;
        _body = body;
        _partCount = parts;
        _running.Reset(helpers);
        for (int index = 0; index < helpers; index++)
        {
            _workers[index].Wake();
        }

        ExceptionDispatchInfo? failure = null;
        try
        {
            RunPartsOf(0);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        _running.WaitUntil(0);
        for (int index = 0; index < helpers; index++)
        {
            failure ??= _workers[index].Failure;
            _workers[index].Failure = null;
        }

        _body = null;
        failure?.Throw();
    }

    private void RunPartsOf(int thread)
    {
        int parts = _partCount;
        for (int part = thread; part < parts; part += ThreadCount)
        {
            _invoke(_body, part, parts);
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
        private readonly SpinThenSleepCounter _calls = new();
        private readonly WorkerPool _pool;
        private readonly int _index;
        private readonly Thread _thread;

        public Worker(WorkerPool pool, int index)
        {
            (_pool, _index) = (pool, index);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"Toolkit worker {index}" };
            _thread.Start();
        }

        public ExceptionDispatchInfo? Failure { get; set; }

        public void Wake() => _calls.Add(1);

        public void Join() => _thread.Join();

        private void Loop()
        {
            for (int call = 1; ; call = unchecked(call + 1))
            {
                _calls.WaitUntil(call);
                if (Volatile.Read(ref _pool._stopping))
                {
                    return;
                }

                try
                {
                    _pool.RunPartsOf(_index);
                }
                catch (Exception exception)
                {
                    Failure = ExceptionDispatchInfo.Capture(exception);
                }

                _pool._running.Add(-1);
            }
        }
    }
}

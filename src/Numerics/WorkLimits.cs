namespace Toolkit.Numerics;

/// <summary>
/// What the work of a thread may take: until when, and how much memory a kernel may keep for itself. Whoever starts the work opens a scope; loops that
/// may take long call <see cref="Poll"/>. A <see cref="WorkerPool"/> hands the caller's limits to its workers, and asks before each part.
/// </summary>
/// <remarks>
/// A thread cannot be stopped from outside in .NET without leaving broken state behind, so everything that a stranger's model can make
/// long asks here. Between two calls of <see cref="Poll"/> lies one pass over the tensors of one operation at most.
/// </remarks>
public static class WorkLimits
{
    [ThreadStatic]
    private static State _current;

    /// <summary>Whether the calling thread's work should stop now.</summary>
    public static bool IsDue => _current.IsDue;

    /// <summary>The calling thread's limits, for a pool that hands them to its workers.</summary>
    internal static State Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Opens a scope on the calling thread. Inside another one the earlier deadline and the lower memory limit hold, and the inner token.</summary>
    /// <param name="deadline">How long the work may take; null without a limit.</param>
    /// <param name="scratchBytes">The memory that a kernel may keep for itself on a thread.</param>
    /// <param name="cancellationToken">Stops the work when it is cancelled.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deadline or the memory is negative.</exception>
    public static Scope Begin(TimeSpan? deadline, long scratchBytes, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scratchBytes);
        State outer = _current;
        long due = outer.Due;
        TimeSpan given = outer.Given;
        if (deadline is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(deadline));
            long own = Environment.TickCount64 + (long)Math.Min(Math.Ceiling(time.TotalMilliseconds), long.MaxValue / 4) + 1;
            if (due == 0 || own < due)
            {
                (due, given) = (own, time);
            }
        }

        // The state keeps what is beyond the limit, so that its default value is no limit.
        long free = Math.Max(outer.ReservedBytes, long.MaxValue - scratchBytes);
        _current = new State(due, given, free, cancellationToken.CanBeCanceled ? cancellationToken : outer.Token);
        return new Scope(outer);
    }

    /// <summary>Throws where the calling thread's work should stop.</summary>
    /// <exception cref="OperationCanceledException">The token is cancelled.</exception>
    /// <exception cref="TimeoutException">The deadline has passed.</exception>
    public static void Poll()
    {
        if (_current.IsDue)
        {
            _current.Throw();
        }
    }

    /// <summary>Throws where a kernel needs more memory of its own than it may have.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void RequireScratch(long bytes)
    {
        long most = Math.Min(long.MaxValue - _current.ReservedBytes, Array.MaxLength);
        if (bytes > most)
        {
            throw new ArgumentException($"Working memory: the sizes ask for {bytes} bytes, the limit is {most}; use smaller tensors or raise the limit.");
        }
    }

    /// <summary>What holds while a scope is open. The default value is no limit.</summary>
    internal readonly struct State(long due, TimeSpan given, long reservedBytes, CancellationToken token)
    {
        /// <summary>The <see cref="Environment.TickCount64"/> at which the work has to stop; 0 without a deadline.</summary>
        public long Due { get; } = due;

        /// <summary>The deadline as it was given, for the message.</summary>
        public TimeSpan Given { get; } = given;

        /// <summary>The caller's token.</summary>
        public CancellationToken Token { get; } = token;

        /// <summary>How much less than any memory a kernel may keep.</summary>
        public long ReservedBytes { get; } = reservedBytes;

        /// <summary>Whether the work should stop now.</summary>
        public bool IsDue => (Due != 0 && Environment.TickCount64 >= Due) || Token.IsCancellationRequested;

        /// <summary>Throws what says why.</summary>
        public void Throw()
        {
            Token.ThrowIfCancellationRequested();
            throw new TimeoutException($"The work was stopped at its deadline of {Given.TotalMilliseconds:0} ms; give it more time, or less to do.");
        }
    }

    /// <summary>Restores, when it is disposed, what held before.</summary>
    public readonly ref struct Scope
    {
        private readonly State _outer;

        internal Scope(State outer) => _outer = outer;

        /// <summary>Closes the scope.</summary>
        public void Dispose() => _current = _outer;
    }
}

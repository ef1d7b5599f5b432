namespace Toolkit.Numerics;

/// <summary>
/// When the work of a thread has to stop: at a deadline, or when its caller asks. Whoever starts the work opens a scope; loops that may
/// take long call <see cref="Poll"/>. A <see cref="WorkerPool"/> hands the caller's limits to its workers, and asks before each part.
/// </summary>
/// <remarks>
/// A thread cannot be stopped from outside in .NET without leaving broken state behind, so everything that a stranger's model can make
/// long asks here. Between two calls of <see cref="Poll"/> there is at most about a hundredth of a second of work.
/// </remarks>
public static class Interruption
{
    [ThreadStatic]
    private static Limits _current;

    /// <summary>Whether the calling thread's work should stop now.</summary>
    public static bool IsDue => _current.IsDue;

    /// <summary>The calling thread's limits, for a pool that hands them to its workers.</summary>
    internal static Limits Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Opens a scope on the calling thread. Inside another one the earlier deadline holds, and the inner token.</summary>
    /// <param name="deadline">How long the work may take; null without a limit.</param>
    /// <param name="cancellationToken">Stops the work when it is cancelled.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is negative.</exception>
    public static Scope Begin(TimeSpan? deadline, CancellationToken cancellationToken)
    {
        Limits outer = _current;
        long due = outer.Due;
        TimeSpan? given = outer.Given;
        if (deadline is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(deadline));
            long milliseconds = (long)Math.Min(Math.Ceiling(time.TotalMilliseconds), long.MaxValue / 4);
            long own = Environment.TickCount64 + milliseconds + 1;
            if (due == 0 || own < due)
            {
                (due, given) = (own, deadline);
            }
        }

        _current = new Limits(due, given, cancellationToken.CanBeCanceled ? cancellationToken : outer.Token);
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

    /// <summary>What holds while a scope is open. The default value is no limit.</summary>
    internal readonly struct Limits(long due, TimeSpan? given, CancellationToken token)
    {
        /// <summary>The <see cref="Environment.TickCount64"/> at which the work has to stop; 0 without a deadline.</summary>
        public long Due { get; } = due;

        /// <summary>The deadline as it was given, for the message.</summary>
        public TimeSpan? Given { get; } = given;

        /// <summary>The caller's token.</summary>
        public CancellationToken Token { get; } = token;

        /// <summary>Whether the work should stop now.</summary>
        public bool IsDue => (Due != 0 && Environment.TickCount64 >= Due) || Token.IsCancellationRequested;

        /// <summary>Throws what says why.</summary>
        public void Throw()
        {
            Token.ThrowIfCancellationRequested();
            throw new TimeoutException($"The work was stopped at its deadline of {Given?.TotalMilliseconds:0} ms; give it more time, or less to do.");
        }
    }

    /// <summary>Restores, when it is disposed, what held before.</summary>
    public readonly ref struct Scope
    {
        private readonly Limits _outer;

        internal Scope(Limits outer) => _outer = outer;

        /// <summary>Closes the scope.</summary>
        public void Dispose() => _current = _outer;
    }
}

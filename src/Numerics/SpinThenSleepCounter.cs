using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics;

/// <summary>
/// A number that any thread may change and one thread at a time may wait on. The waiter spins for a few microseconds, because
/// waking a sleeping thread costs as much as a small kernel, and then sleeps, so that an idle pool takes no processor
/// time. Allocates nothing after construction.
/// </summary>
internal sealed class SpinThenSleepCounter
{
    private static readonly long SpinTicks = Stopwatch.Frequency * 10 / 1_000_000;

    private readonly object _monitor = new();
    private State _state;

    /// <summary>The number.</summary>
    public int Value => Volatile.Read(ref _state.Value);

    /// <summary>Sets the number while nobody waits.</summary>
    public void Reset(int value) => Volatile.Write(ref _state.Value, value);

    /// <summary>Adds to the number and wakes the waiter.</summary>
    public void Add(int delta)
    {
        // A full fence between this write and the read below, and its mirror image in the waiter: one of the two threads sees the other.
        Interlocked.Add(ref _state.Value, delta);
        if (Volatile.Read(ref _state.Sleeping))
        {
            lock (_monitor)
            {
                Monitor.Pulse(_monitor);
            }
        }
    }

    /// <summary>Returns the number once it is not <paramref name="unwanted"/>.</summary>
    public int WaitWhile(int unwanted)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int spin = 0; spin < 16; spin++)
            {
                int value = Volatile.Read(ref _state.Value);
                if (value != unwanted)
                {
                    return value;
                }

                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < SpinTicks);

        lock (_monitor)
        {
            Volatile.Write(ref _state.Sleeping, true);
            Interlocked.MemoryBarrier();
            int value;
            while ((value = Volatile.Read(ref _state.Value)) == unwanted)
            {
                Monitor.Wait(_monitor);
            }

            _state.Sleeping = false;
            return value;
        }
    }

    // On cache lines of its own: the threads that spin on one counter do not slow the users of its neighbours.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct State
    {
        [FieldOffset(64)]
        public int Value;

        [FieldOffset(68)]
        public bool Sleeping;
    }
}

using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Units of work, cut into one contiguous share a part. A part takes its own share from the front, and then what others have left: so each thread keeps to the memory that it
/// knows, and none waits for one that sleeps. Who takes a unit never changes what it computes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct WorkShares
{
    /// <summary>The parts at most: their counters are on a stack.</summary>
    public const int MaximumParts = 64;

    // Each counter has its cache line.
    private const int Distance = 8;

    private readonly long* _taken;
    private readonly int _units;
    private readonly int _parts;

    /// <summary>Nothing is taken yet.</summary>
    /// <param name="taken">Memory for <see cref="Length"/> numbers, as long as this is used.</param>
    /// <param name="units">The units.</param>
    /// <param name="parts">The parts, at most <see cref="MaximumParts"/>.</param>
    public WorkShares(long* taken, int units, int parts)
    {
        _taken = taken;
        (_units, _parts) = (units, parts);
        new Span<long>(taken, Length(parts)).Clear();
    }

    /// <summary>The numbers that so many parts need.</summary>
    public static int Length(int parts) => parts * Distance;

    /// <summary>Takes the next unit for a part; false where none is left.</summary>
    public bool TryTake(int part, out int unit)
    {
        for (int offset = 0; offset < _parts; offset++)
        {
            int owner = (part + offset) % _parts;
            int start = Start(owner);
            int count = Start(owner + 1) - start;
            ref long taken = ref _taken[owner * Distance];
            if (Volatile.Read(ref taken) < count && Interlocked.Increment(ref taken) is long number && number <= count)
            {
                unit = start + (int)number - 1;
                return true;
            }
        }

        unit = -1;
        return false;
    }

    private int Start(int part) => (int)((long)_units * part / _parts);
}

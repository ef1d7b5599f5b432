using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The memory that one operation keeps over several parallel phases, owned by the thread that calls it; the phases have
/// <see cref="ThreadScratch"/> besides. Kept between calls, grown when a call needs more, freed with the thread.
/// </summary>
internal static unsafe class CallScratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? _memory;

    /// <summary>At least <paramref name="count"/> elements, 64-byte aligned, uninitialised, valid until the thread's next call.</summary>
    public static T* Rent<T>(nint count)
        where T : unmanaged
    {
        nuint bytes = ((nuint)count * (nuint)sizeof(T)) + Alignment;
        byte[]? memory = _memory;
        if (memory is null || (nuint)memory.Length < bytes)
        {
            WorkLimits.RequireScratch((long)bytes);
            memory = GC.AllocateUninitializedArray<byte>(checked((int)Math.Min(BitOperations.RoundUpToPowerOf2(bytes), Math.Max(bytes, (nuint)Array.MaxLength))), pinned: true);
            _memory = memory;
        }

        // Pinned for good, so that the address stays true after the fixed statement.
        fixed (byte* start = memory)
        {
            return (T*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
        }
    }
}

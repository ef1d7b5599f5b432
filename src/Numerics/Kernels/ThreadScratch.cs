namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A thread's packing memory: kept between calls, grown when a call needs more, freed with the thread. So a kernel
/// allocates nothing once its sizes have been seen on a thread.
/// </summary>
internal static unsafe class ThreadScratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? _memory;

    /// <summary>At least <paramref name="count"/> elements, 64-byte aligned, uninitialised, valid until the thread's next call.</summary>
    public static T* Rent<T>(int count)
        where T : unmanaged
    {
        nuint bytes = ((nuint)count * (nuint)sizeof(T)) + Alignment;
        byte[]? memory = _memory;
        if (memory is null || (nuint)memory.Length < bytes)
        {
            WorkLimits.RequireScratch((long)bytes);
            memory = GC.AllocateUninitializedArray<byte>((int)Math.Min(System.Numerics.BitOperations.RoundUpToPowerOf2(bytes), (nuint)Array.MaxLength), pinned: true);
            _memory = memory;
        }

        // Pinned for good, so that the address stays true after the fixed statement.
        fixed (byte* start = memory)
        {
            return (T*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
        }
    }
}

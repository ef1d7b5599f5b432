using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Asks for memory that is needed soon, where the processor would not see it coming: pieces of rows far apart. Does nothing where there is no such instruction.</summary>
internal static unsafe class CacheLines
{
    private const int Line = 64;

    /// <summary>Asks for the lines of <paramref name="bytes"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* start, nint bytes)
    {
        if (Sse.IsSupported)
        {
            for (nint offset = 0; offset < bytes; offset += Line)
            {
                Sse.Prefetch0((byte*)start + offset);
            }
        }
    }
}

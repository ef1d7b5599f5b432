using System.Buffers;
using System.Runtime.InteropServices;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A part of an arena as memory of one element type.</summary>
internal sealed class ArenaMemory<T>(Memory<byte> bytes) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(bytes.Span);

    public override MemoryHandle Pin(int elementIndex = 0) => bytes[(elementIndex * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())..].Pin();

    public override void Unpin()
    {
        // The handle that Pin returns belongs to the arena and unpins it.
    }

    protected override void Dispose(bool disposing)
    {
        // The arena owns the memory.
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>
/// Memory of one element type seen as memory of another of the same size: <see cref="Half"/> as ONNX Runtime's own
/// half-precision struct. Nothing is copied.
/// </summary>
internal sealed class CastMemoryManager<TFrom, TTo> : MemoryManager<TTo>
    where TFrom : unmanaged
    where TTo : unmanaged
{
    private readonly Memory<TFrom> _source;

    public CastMemoryManager(Memory<TFrom> source)
    {
        if (Unsafe.SizeOf<TFrom>() != Unsafe.SizeOf<TTo>())
        {
            throw new ArgumentException($"{typeof(TFrom).Name} and {typeof(TTo).Name} differ in size.", nameof(source));
        }

        _source = source;
    }

    public override Span<TTo> GetSpan() => MemoryMarshal.Cast<TFrom, TTo>(_source.Span);

    public override MemoryHandle Pin(int elementIndex = 0) => _source[elementIndex..].Pin();

    public override void Unpin()
    {
        // The handle that Pin returns belongs to the source and unpins it.
    }

    protected override void Dispose(bool disposing)
    {
    }
}

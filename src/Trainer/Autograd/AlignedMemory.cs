using System.Runtime.InteropServices;

namespace Toolkit.Trainer.Autograd;

/// <summary>A block of floats that starts on a cache line and does not move, so that SIMD loads of its parts never split lines.</summary>
internal sealed class AlignedMemory
{
    /// <summary>Floats in a cache line; parts of a block start at multiples of it.</summary>
    public const int Alignment = 16;

    private readonly float[] _array;
    private readonly int _start;

    public AlignedMemory(int length)
    {
        Length = length;
        _array = GC.AllocateArray<float>(length + Alignment, pinned: true);

        // The array is pinned, so the alignment found here stays true.
        nint misplaced = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) / sizeof(float) % Alignment;
        _start = (Alignment - (int)misplaced) % Alignment;
    }

    public int Length { get; }

    public Span<float> Span => _array.AsSpan(_start, Length);

    public static int RoundUp(int length) => checked(length + Alignment - 1) / Alignment * Alignment;

    public BufferSlice Slice(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return new BufferSlice(_array, _start + offset, length);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>One block of memory, aligned for vectors, in which a run's intermediate tensors lie.</summary>
internal sealed class Arena
{
    private readonly Memory<byte> _memory;

    /// <summary>Takes the memory. The collector does not move it, so that its alignment holds.</summary>
    public Arena(long bytes)
    {
        byte[] block = GC.AllocateUninitializedArray<byte>(checked((int)bytes + MemoryPlanner.Alignment), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(block, 0);
        int offset = (int)(MemoryPlanner.Align(address) - address);
        _memory = block.AsMemory(offset, (int)bytes);
    }

    /// <summary>A part of the arena.</summary>
    public Memory<byte> Slice(long offset, long bytes) => _memory.Slice((int)offset, (int)bytes);

    /// <summary>A tensor in the arena; one of strings, which are objects, has its own memory.</summary>
    public Tensor CreateTensor(ElementType type, Shape shape, long offset) => type switch
    {
        ElementType.Float32 => Of<float>(shape, offset),
        ElementType.Float64 => Of<double>(shape, offset),
        ElementType.Float16 => Of<Half>(shape, offset),
        ElementType.BFloat16 => Of<BFloat16>(shape, offset),
        ElementType.Int8 => Of<sbyte>(shape, offset),
        ElementType.Int16 => Of<short>(shape, offset),
        ElementType.Int32 => Of<int>(shape, offset),
        ElementType.Int64 => Of<long>(shape, offset),
        ElementType.UInt8 => Of<byte>(shape, offset),
        ElementType.UInt16 => Of<ushort>(shape, offset),
        ElementType.UInt32 => Of<uint>(shape, offset),
        ElementType.UInt64 => Of<ulong>(shape, offset),
        ElementType.Bool => Of<bool>(shape, offset),
        ElementType.Float8E4M3Fn => Of<Float8E4M3Fn>(shape, offset),
        ElementType.Float8E4M3Fnuz => Of<Float8E4M3Fnuz>(shape, offset),
        ElementType.Float8E5M2 => Of<Float8E5M2>(shape, offset),
        ElementType.Float8E5M2Fnuz => Of<Float8E5M2Fnuz>(shape, offset),
        ElementType.UInt4 => Of<UInt4>(shape, offset),
        ElementType.Int4 => Of<Int4>(shape, offset),
        ElementType.Float4E2M1 => Of<Float4E2M1>(shape, offset),
        ElementType.Float8E8M0 => Of<Float8E8M0>(shape, offset),
        ElementType.UInt2 => Of<UInt2>(shape, offset),
        ElementType.Int2 => Of<Int2>(shape, offset),
        ElementType.Complex64 => Of<Complex64>(shape, offset),
        ElementType.Complex128 => Of<Complex>(shape, offset),
        _ => Tensor.Create(type, shape),
    };

    private Tensor<T> Of<T>(Shape shape, long offset)
        where T : unmanaged =>
        new(shape, new ArenaMemory<T>(Slice(offset, (long)shape.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())).Memory);
}

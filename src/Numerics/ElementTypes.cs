using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics;

/// <summary>The table of element types: which CLR type stores each, its size, and how a tensor of it is made.</summary>
public static class ElementTypes
{
    private static readonly ElementTypeInfo[] Table =
    [
        new ElementTypeInfo<float>(ElementType.Float32, "float32"),
        new ElementTypeInfo<byte>(ElementType.UInt8, "uint8"),
        new ElementTypeInfo<sbyte>(ElementType.Int8, "int8"),
        new ElementTypeInfo<ushort>(ElementType.UInt16, "uint16"),
        new ElementTypeInfo<short>(ElementType.Int16, "int16"),
        new ElementTypeInfo<int>(ElementType.Int32, "int32"),
        new ElementTypeInfo<long>(ElementType.Int64, "int64"),
        new StringElementTypeInfo(),
        new ElementTypeInfo<bool>(ElementType.Bool, "bool"),
        new ElementTypeInfo<Half>(ElementType.Float16, "float16"),
        new ElementTypeInfo<double>(ElementType.Float64, "float64"),
        new ElementTypeInfo<uint>(ElementType.UInt32, "uint32"),
        new ElementTypeInfo<ulong>(ElementType.UInt64, "uint64"),
        new ElementTypeInfo<Complex64>(ElementType.Complex64, "complex64"),
        new ElementTypeInfo<Complex>(ElementType.Complex128, "complex128"),
        new ElementTypeInfo<BFloat16>(ElementType.BFloat16, "bfloat16"),
        new ElementTypeInfo<Float8E4M3Fn>(ElementType.Float8E4M3Fn, "float8e4m3fn"),
        new ElementTypeInfo<Float8E4M3Fnuz>(ElementType.Float8E4M3Fnuz, "float8e4m3fnuz"),
        new ElementTypeInfo<Float8E5M2>(ElementType.Float8E5M2, "float8e5m2"),
        new ElementTypeInfo<Float8E5M2Fnuz>(ElementType.Float8E5M2Fnuz, "float8e5m2fnuz"),
        new ElementTypeInfo<UInt4>(ElementType.UInt4, "uint4", 4),
        new ElementTypeInfo<Int4>(ElementType.Int4, "int4", 4),
        new ElementTypeInfo<Float4E2M1>(ElementType.Float4E2M1, "float4e2m1", 4),
        new ElementTypeInfo<Float8E8M0>(ElementType.Float8E8M0, "float8e8m0"),
        new ElementTypeInfo<UInt2>(ElementType.UInt2, "uint2", 2),
        new ElementTypeInfo<Int2>(ElementType.Int2, "int2", 2),
    ];

    /// <summary>Every element type that has storage, in the order of its ONNX number.</summary>
    public static IReadOnlyList<ElementTypeInfo> All => Table;

    /// <summary>The facts of one element type.</summary>
    /// <exception cref="ArgumentException">There is no storage for that type.</exception>
    public static ElementTypeInfo Get(ElementType elementType) => Find(elementType)
        ?? throw new ArgumentException($"Element type {(int)elementType} ({elementType}) has no storage; see ElementTypes.All.", nameof(elementType));

    /// <summary>The facts of one element type, or null where there is no storage for it.</summary>
    public static ElementTypeInfo? Find(ElementType elementType)
    {
        int index = (int)elementType - 1;
        return (uint)index < (uint)Table.Length ? Table[index] : null;
    }

    /// <summary>The element type that <typeparamref name="T"/> stores.</summary>
    /// <exception cref="ArgumentException">It stores none.</exception>
    public static ElementType Of<T>() => Cache<T>.Value != ElementType.Undefined
        ? Cache<T>.Value
        : throw new ArgumentException($"{typeof(T).Name} is not the type of a tensor's elements; see ElementTypes.All.");

    private static class Cache<T>
    {
        public static readonly ElementType Value = Array.Find(Table, info => info.ClrType == typeof(T))?.ElementType ?? ElementType.Undefined;
    }

    private sealed class ElementTypeInfo<T>(ElementType elementType, string name, int bitWidth = 0)
        : ElementTypeInfo(elementType, name, typeof(T), Unsafe.SizeOf<T>(), bitWidth == 0 ? 8 * Unsafe.SizeOf<T>() : bitWidth)
        where T : unmanaged
    {
        public override Tensor Allocate(Shape shape) => new Tensor<T>(shape);

        internal override Span<byte> BytesOf(Tensor tensor) => MemoryMarshal.AsBytes(tensor.As<T>().Span);
    }

    private sealed class StringElementTypeInfo() : ElementTypeInfo(ElementType.String, "string", typeof(string), 0, 0)
    {
        public override Tensor Allocate(Shape shape)
        {
            var tensor = new Tensor<string>(shape);
            tensor.Span.Fill("");
            return tensor;
        }

        internal override Span<byte> BytesOf(Tensor tensor) => throw new InvalidOperationException("Tensor: strings have no raw bytes.");
    }
}

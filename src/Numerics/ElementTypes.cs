using System.Numerics;
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

    private sealed class ElementTypeInfo<T>(ElementType elementType, string name) : ElementTypeInfo(elementType, name, typeof(T), System.Runtime.CompilerServices.Unsafe.SizeOf<T>())
        where T : unmanaged
    {
        public override Tensor Allocate(Shape shape) => new Tensor<T>(shape);

        internal override Span<byte> BytesOf(Tensor tensor) => MemoryMarshal.AsBytes(tensor.As<T>().Span);
    }

    private sealed class StringElementTypeInfo() : ElementTypeInfo(ElementType.String, "string", typeof(string), 0)
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

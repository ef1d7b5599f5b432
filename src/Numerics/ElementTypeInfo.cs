namespace Toolkit.Numerics;

/// <summary>The facts of one <see cref="Numerics.ElementType"/>.</summary>
public abstract class ElementTypeInfo
{
    private protected ElementTypeInfo(ElementType elementType, string name, Type clrType, int size, int bitWidth)
    {
        ElementType = elementType;
        Name = name;
        ClrType = clrType;
        Size = size;
        BitWidth = bitWidth;
    }

    /// <summary>The element type.</summary>
    public ElementType ElementType { get; }

    /// <summary>Its name: NumPy's (<c>float32</c>) where NumPy has the type, else the one that ONNX's type strings use (<c>float8e4m3fn</c>, <c>int4</c>).</summary>
    public string Name { get; }

    /// <summary>The CLR type that stores an element.</summary>
    public Type ClrType { get; }

    /// <summary>Bytes an element in memory; 0 for strings, whose size varies. Elements of 2 and 4 bits take a byte each.</summary>
    public int Size { get; }

    /// <summary>Bits an element in a stored tensor, where elements of 2 and 4 bits are packed; 0 for strings.</summary>
    public int BitWidth { get; }

    /// <summary>The bytes that a number of elements takes in a stored tensor; the last one is filled up with bits that mean nothing.</summary>
    public long StoredBytes(long elements) => BitWidth >= 8 ? elements * (BitWidth / 8) : ((elements * BitWidth) + 7) / 8;

    /// <summary>Makes a tensor of zeros.</summary>
    public abstract Tensor Allocate(Shape shape);

    internal abstract Span<byte> BytesOf(Tensor tensor);
}

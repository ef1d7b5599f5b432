namespace Toolkit.Numerics;

/// <summary>The facts of one <see cref="Numerics.ElementType"/>.</summary>
public abstract class ElementTypeInfo
{
    private protected ElementTypeInfo(ElementType elementType, string name, Type clrType, int size)
    {
        ElementType = elementType;
        Name = name;
        ClrType = clrType;
        Size = size;
    }

    /// <summary>The element type.</summary>
    public ElementType ElementType { get; }

    /// <summary>Its NumPy name, <c>float32</c>.</summary>
    public string Name { get; }

    /// <summary>The CLR type that stores an element.</summary>
    public Type ClrType { get; }

    /// <summary>Bytes an element; 0 for strings, whose size varies.</summary>
    public int Size { get; }

    /// <summary>Makes a tensor of zeros.</summary>
    public abstract Tensor Allocate(Shape shape);

    internal abstract Span<byte> BytesOf(Tensor tensor);
}

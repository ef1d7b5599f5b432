using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics;

/// <summary>
/// A block of elements with a shape: dense and row-major, or a strided view of one. The element type is known at run time here and at compile
/// time in <see cref="Tensor{T}"/>, which every tensor is.
/// </summary>
public abstract partial class Tensor
{
    private protected Tensor(ElementType elementType, Shape shape)
    {
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>Whether the elements lie dense and row-major: true of all tensors but some views.</summary>
    public abstract bool IsContiguous { get; }

    /// <summary>The distance between neighbours along each axis, in elements; 0 along a broadcast axis.</summary>
    public abstract ReadOnlySpan<int> Strides { get; }

    /// <summary>This tensor where it is contiguous, else a dense copy.</summary>
    public abstract Tensor Contiguous();

    /// <summary>Makes a tensor of zeros (of empty strings for <see cref="ElementType.String"/>).</summary>
    /// <exception cref="ArgumentException">The element type is <see cref="ElementType.Undefined"/> or unknown.</exception>
    public static Tensor Create(ElementType elementType, Shape shape) => ElementTypes.Get(elementType).Allocate(shape);

    /// <summary>Makes a tensor that copies <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public static Tensor<T> From<T>(Shape shape, ReadOnlySpan<T> values)
    {
        var tensor = new Tensor<T>(shape);
        if (values.Length != tensor.Length)
        {
            throw new ArgumentException($"Tensor: expected {shape.Length} values for shape {shape}, got {values.Length}.", nameof(values));
        }

        values.CopyTo(tensor.Span);
        return tensor;
    }

    /// <inheritdoc cref="From{T}(Shape, ReadOnlySpan{T})"/>
    public static Tensor<T> From<T>(Shape shape, params T[] values) => From(shape, (ReadOnlySpan<T>)values);

    /// <summary>Makes a tensor of rank 0.</summary>
    public static Tensor<T> Scalar<T>(T value) => From<T>([], [value]);

    /// <summary>Makes a tensor of rank 1 that copies <paramref name="values"/>.</summary>
    public static Tensor<T> Vector<T>(params ReadOnlySpan<T> values) => From([values.Length], values);

    /// <summary>This tensor as one of a known element type.</summary>
    /// <exception cref="ArgumentException">The element type is another.</exception>
    public Tensor<T> As<T>() => this as Tensor<T>
        ?? throw new ArgumentException($"Tensor: expected elements of type {ElementTypes.Of<T>()}, got {ElementType}.");

    /// <summary>
    /// The same elements under another shape. Not copied, except from a view that is not contiguous.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ in the number of elements.</exception>
    public abstract Tensor Reshape(Shape shape);

    /// <summary>A copy that shares nothing with this tensor.</summary>
    public abstract Tensor Clone();

    /// <summary>Copies the elements to a tensor of the same type and number of elements.</summary>
    public abstract void CopyTo(Tensor destination);

    /// <summary>The elements as raw little-endian bytes.</summary>
    /// <exception cref="InvalidOperationException">The elements are strings, or a view that is not contiguous.</exception>
    public abstract Span<byte> Bytes { get; }

    /// <summary>
    /// The elements by the type that stores them: <typeparamref name="T"/> is the type of the elements, or <see cref="byte"/> for narrow elements
    /// (<see cref="NarrowFormat"/>), of which it gives the codes.
    /// </summary>
    /// <exception cref="ArgumentException">The elements are stored by another type.</exception>
    /// <exception cref="InvalidOperationException">This is a view that is not contiguous.</exception>
    public Span<T> StorageAs<T>()
    {
        if (this is Tensor<T> same)
        {
            return same.Span;
        }

        if (typeof(T) != typeof(byte) || NarrowFormat.Find(ElementType) is null)
        {
            return As<T>().Span;
        }

        Span<byte> codes = Bytes;
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(codes)), codes.Length);
    }
}

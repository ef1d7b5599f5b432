using System.Runtime.InteropServices;

namespace Toolkit.Numerics;

/// <summary>A dense, row-major block of elements of type <typeparamref name="T"/> with a shape.</summary>
/// <typeparam name="T">A CLR type that <see cref="ElementTypes"/> knows.</typeparam>
public sealed class Tensor<T> : Tensor
{
    /// <summary>Makes a tensor of zeros.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not an element type.</exception>
    public Tensor(Shape shape)
        : this(shape, new T[shape.Length])
    {
    }

    /// <summary>Makes a tensor over memory that it does not copy.</summary>
    /// <exception cref="ArgumentException">The memory's length is not the shape's.</exception>
    public Tensor(Shape shape, Memory<T> memory)
        : base(ElementTypes.Of<T>(), shape)
    {
        if (memory.Length != shape.Length)
        {
            throw new ArgumentException($"Tensor: expected {shape.Length} elements for shape {shape}, got {memory.Length}.", nameof(memory));
        }

        Memory = memory;
    }

    /// <summary>The elements, row-major.</summary>
    public Memory<T> Memory { get; }

    /// <summary>The elements, row-major.</summary>
    public Span<T> Span => Memory.Span;

    /// <summary>One element, by an index an axis.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indices than axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its axis.</exception>
    public T this[params ReadOnlySpan<int> indices]
    {
        get => Span[Offset(indices)];
        set => Span[Offset(indices)] = value;
    }

    /// <inheritdoc/>
    public override Span<byte> Bytes => ElementTypes.Get(ElementType).BytesOf(this);

    /// <inheritdoc/>
    public override Tensor<T> Reshape(Shape shape) => shape.Length == Length
        ? new Tensor<T>(shape, Memory)
        : throw new ArgumentException($"Tensor: {Length} elements of shape {Shape} cannot be reshaped to {shape}, which has {shape.Length}.", nameof(shape));

    /// <inheritdoc/>
    public override Tensor<T> Clone() => new(Shape, Memory.ToArray());

    /// <inheritdoc/>
    public override void CopyTo(Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Tensor<T> target = destination.As<T>();
        if (target.Length != Length)
        {
            throw new ArgumentException($"Tensor: expected a destination of {Length} elements, got {target.Length} (shape {target.Shape}).", nameof(destination));
        }

        Span.CopyTo(target.Span);
    }

    /// <summary>The elements as an array, copied.</summary>
    public T[] ToArray() => Memory.ToArray();

    private int Offset(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Shape.Rank)
        {
            throw new ArgumentException($"Tensor: expected {Shape.Rank} indices for shape {Shape}, got {indices.Length}.", nameof(indices));
        }

        int offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            int index = indices[axis];
            if ((uint)index >= (uint)Shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"Tensor: index {index} is outside axis {axis} of shape {Shape}.");
            }

            offset = (offset * Shape[axis]) + index;
        }

        return offset;
    }
}

using System.Runtime.InteropServices;

namespace Toolkit.Numerics;

/// <summary>
/// A block of elements of type <typeparamref name="T"/> with a shape: dense and row-major, or a strided view of one. Slicing,
/// transposing and broadcasting make views that share the elements; see <see cref="Tensor.Contiguous"/>.
/// </summary>
/// <typeparam name="T">A CLR type that <see cref="ElementTypes"/> knows.</typeparam>
public sealed class Tensor<T> : Tensor
{
    private readonly Memory<T> _buffer;
    private readonly int[]? _strides;
    private int[]? _denseStrides;

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

        _buffer = memory;
    }

    /// <summary>Makes a view: element (i, j, …) is <c>buffer[i·strides[0] + j·strides[1] + …]</c>.</summary>
    internal Tensor(Shape shape, Memory<T> buffer, int[] strides)
        : base(ElementTypes.Of<T>(), shape)
    {
        if (IsDense(shape, strides))
        {
            _buffer = buffer[..shape.Length];
        }
        else
        {
            _buffer = buffer;
            _strides = strides;
        }
    }

    /// <inheritdoc/>
    public override bool IsContiguous => _strides is null;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Strides => _strides ?? (_denseStrides ??= Shape.Strides());

    /// <summary>The elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">This is a view that is not contiguous.</exception>
    public Memory<T> Memory => _strides is null
        ? _buffer
        : throw new InvalidOperationException($"Tensor: a view of shape {Shape} does not lie dense in memory; call Contiguous() first.");

    /// <summary>The elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">This is a view that is not contiguous.</exception>
    public Span<T> Span => Memory.Span;

    /// <summary>One element, by an index an axis.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indices than axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside its axis.</exception>
    public T this[params ReadOnlySpan<int> indices]
    {
        get => _buffer.Span[Offset(indices)];
        set => _buffer.Span[Offset(indices)] = value;
    }

    /// <summary>
    /// A view by ranges and indices: <c>x[10..100]</c>, <c>x[.., 14.., 14..]</c>, <c>x[.., 7..^7, 7..^7]</c>, <c>x[^1, ..]</c>. An index takes its axis
    /// away; axes that are not named are kept whole. Assigning copies the value, broadcast to the view's shape.
    /// </summary>
    /// <exception cref="ArgumentException">There are more indices than axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index or a range is outside its axis.</exception>
    public Tensor<T> this[params ReadOnlySpan<TensorIndex> indices]
    {
        get => Slice(indices);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Tensor<T> target = Slice(indices);
            value.BroadcastTo(target.Shape).CopyElementsTo(target);
        }
    }

    /// <inheritdoc/>
    public override Span<byte> Bytes => ElementTypes.Get(ElementType).BytesOf(this);

    /// <inheritdoc/>
    public override Tensor<T> Contiguous() => _strides is null ? this : new Tensor<T>(Shape, ToArray());

    /// <inheritdoc/>
    public override Tensor<T> Reshape(Shape shape) => shape.Length == Length
        ? new Tensor<T>(shape, Contiguous().Memory)
        : throw new ArgumentException($"Tensor: {Length} elements of shape {Shape} cannot be reshaped to {shape}, which has {shape.Length}.", nameof(shape));

    /// <summary>As the other overload; one dimension may be -1: what is left for it.</summary>
    /// <exception cref="ArgumentException">The elements do not fill the shape, or more than one dimension is -1.</exception>
    public Tensor<T> Reshape(params ReadOnlySpan<int> dimensions)
    {
        int[] resolved = dimensions.ToArray();
        int free = Array.IndexOf(resolved, -1);
        if (free >= 0)
        {
            resolved[free] = 1;
            int rest = new Shape(resolved).Length;
            if (rest == 0 || Length % rest != 0)
            {
                throw new ArgumentException($"Tensor: {Length} elements of shape {Shape} cannot be reshaped to [{string.Join(',', dimensions.ToArray())}].", nameof(dimensions));
            }

            resolved[free] = Length / rest;
        }

        return Reshape(new Shape(resolved));
    }

    /// <inheritdoc/>
    public override Tensor<T> Clone() => new(Shape, ToArray());

    /// <summary>A view with the axes in another order; without an order, reversed. <c>axes[i]</c> is the axis that becomes axis i.</summary>
    /// <exception cref="ArgumentException"><paramref name="axes"/> does not name every axis once.</exception>
    public Tensor<T> Transpose(params ReadOnlySpan<int> axes)
    {
        int rank = Shape.Rank;
        Span<int> dimensions = stackalloc int[rank];
        var strides = new int[rank];
        if (!axes.IsEmpty && axes.Length != rank)
        {
            throw new ArgumentException($"Tensor: expected {rank} axes for shape {Shape}, got {axes.Length}.", nameof(axes));
        }

        int seen = 0;
        for (int i = 0; i < rank; i++)
        {
            int axis = axes.IsEmpty ? rank - 1 - i : Shape.NormalizeAxis(axes[i]);
            seen |= 1 << axis;
            dimensions[i] = Shape[axis];
            strides[i] = Strides[axis];
        }

        return seen == (1 << rank) - 1
            ? new Tensor<T>(new Shape(dimensions), _buffer, strides)
            : throw new ArgumentException($"Tensor: expected every axis of shape {Shape} once, got [{string.Join(',', axes.ToArray())}].", nameof(axes));
    }

    /// <summary>A view with a new axis of size 1 at <paramref name="axis"/> of the result.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis is outside the result.</exception>
    public Tensor<T> ExpandDimensions(int axis)
    {
        int rank = Shape.Rank + 1;
        if (axis < -rank || axis >= rank)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), $"axis: expected -{rank} to {rank - 1}, got {axis}.");
        }

        var dimensions = new List<int>(Shape.Dimensions.ToArray());
        var strides = new List<int>(Strides.ToArray());
        dimensions.Insert(axis < 0 ? axis + rank : axis, 1);
        strides.Insert(axis < 0 ? axis + rank : axis, 0);
        return new Tensor<T>(new Shape(dimensions.ToArray()), _buffer, strides.ToArray());
    }

    /// <summary>A view without an axis of size 1; without an axis, without all of those.</summary>
    /// <exception cref="ArgumentException">The axis has another size than 1.</exception>
    public Tensor<T> Squeeze(int? axis = null)
    {
        int only = axis is { } given ? Shape.NormalizeAxis(given) : -1;
        if (only >= 0 && Shape[only] != 1)
        {
            throw new ArgumentException($"Tensor: axis {only} of shape {Shape} has not size 1.", nameof(axis));
        }

        var dimensions = new List<int>();
        var strides = new List<int>();
        for (int i = 0; i < Shape.Rank; i++)
        {
            if (only >= 0 ? i != only : Shape[i] != 1)
            {
                dimensions.Add(Shape[i]);
                strides.Add(Strides[i]);
            }
        }

        return new Tensor<T>(new Shape(dimensions.ToArray()), _buffer, strides.ToArray());
    }

    /// <summary>A view in which axes of size 1, and new axes in front, repeat to fill the shape.</summary>
    /// <exception cref="ArgumentException">This tensor's shape does not broadcast to it.</exception>
    public Tensor<T> BroadcastTo(Shape shape)
    {
        if (shape == Shape)
        {
            return this;
        }

        int[] strides = Shape.BroadcastStrides(shape);
        int offset = shape.Rank - Shape.Rank;
        for (int axis = offset; axis < strides.Length; axis++)
        {
            strides[axis] = strides[axis] == 0 ? 0 : Strides[axis - offset];
        }

        return new Tensor<T>(shape, _buffer, strides);
    }

    /// <inheritdoc/>
    public override void CopyTo(Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Tensor<T> target = destination.As<T>();
        if (target.Length != Length)
        {
            throw new ArgumentException($"Tensor: expected a destination of {Length} elements, got {target.Length} (shape {target.Shape}).", nameof(destination));
        }

        if (target.Shape == Shape)
        {
            CopyElementsTo(target);
        }
        else
        {
            Contiguous().Span.CopyTo(target.Span);
        }
    }

    /// <summary>The only element of a tensor that has one.</summary>
    /// <exception cref="InvalidOperationException">There are more elements, or none.</exception>
    public T ToScalar() => Length == 1
        ? _buffer.Span[0]
        : throw new InvalidOperationException($"Tensor: expected one element, got {Length} (shape {Shape}).");

    /// <summary>The elements as an array, row-major, copied.</summary>
    public T[] ToArray()
    {
        if (_strides is null)
        {
            return _buffer.ToArray();
        }

        var values = new T[Length];
        CopyElementsTo(new Tensor<T>(Shape, values));
        return values;
    }

    /// <summary>The elements and the shape as NumPy prints them.</summary>
    public override string ToString() => TensorFormatter.Format(this);

    private static bool IsDense(Shape shape, ReadOnlySpan<int> strides)
    {
        int expected = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && strides[axis] != expected)
            {
                return shape.Length == 0;
            }

            expected *= shape[axis];
        }

        return true;
    }

    private void CopyElementsTo(Tensor<T> target)
    {
        if (Length == 0)
        {
            return;
        }

        if (_strides is null && target._strides is null)
        {
            _buffer.Span.CopyTo(target._buffer.Span);
            return;
        }

        // Overlapping views (x[1..] = x[..^1]) must read everything before they write anything.
        Tensor<T> source = MemoryMarshal.TryGetArray(_buffer, out ArraySegment<T> from) && MemoryMarshal.TryGetArray(target._buffer, out ArraySegment<T> to)
            && ReferenceEquals(from.Array, to.Array) && target._strides is not null && _strides is not null
            ? new Tensor<T>(Shape, ToArrayThroughCopy())
            : this;
        CopyAxis(source._buffer.Span, source.Strides, target._buffer.Span, target.Strides, Shape.Dimensions);
    }

    private T[] ToArrayThroughCopy()
    {
        var values = new T[Length];
        CopyAxis(_buffer.Span, Strides, values, Shape.Strides(), Shape.Dimensions);
        return values;
    }

    private static void CopyAxis(ReadOnlySpan<T> source, ReadOnlySpan<int> sourceStrides, Span<T> target, ReadOnlySpan<int> targetStrides, ReadOnlySpan<int> dimensions)
    {
        if (dimensions.IsEmpty)
        {
            target[0] = source[0];
            return;
        }

        if (dimensions.Length == 1 && sourceStrides[0] == 1 && targetStrides[0] == 1)
        {
            source[..dimensions[0]].CopyTo(target);
            return;
        }

        for (int i = 0; i < dimensions[0]; i++)
        {
            CopyAxis(source[(i * sourceStrides[0])..], sourceStrides[1..], target[(i * targetStrides[0])..], targetStrides[1..], dimensions[1..]);
        }
    }

    private Tensor<T> Slice(ReadOnlySpan<TensorIndex> indices)
    {
        if (indices.Length > Shape.Rank)
        {
            throw new ArgumentException($"Tensor: expected at most {Shape.Rank} indices for shape {Shape}, got {indices.Length}.", nameof(indices));
        }

        Span<int> dimensions = stackalloc int[Shape.Rank];
        Span<int> strides = stackalloc int[Shape.Rank];
        int rank = 0;
        int offset = 0;
        for (int axis = 0; axis < Shape.Rank; axis++)
        {
            TensorIndex index = axis < indices.Length ? indices[axis] : Range.All;
            (int start, int length) = index.Resolve(Shape, axis);
            offset += start * Strides[axis];
            if (!index.TakesAxisAway)
            {
                dimensions[rank] = length;
                strides[rank++] = Strides[axis];
            }
        }

        var shape = new Shape(dimensions[..rank]);
        return new Tensor<T>(shape, shape.Length == 0 ? default : _buffer[offset..], strides[..rank].ToArray());
    }

    private int Offset(ReadOnlySpan<int> indices)
    {
        if (indices.Length != Shape.Rank)
        {
            throw new ArgumentException($"Tensor: expected {Shape.Rank} indices for shape {Shape}, got {indices.Length}; for a part of the tensor use ranges, x[0, ..].", nameof(indices));
        }

        ReadOnlySpan<int> strides = Strides;
        int offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            int index = indices[axis];
            if ((uint)index >= (uint)Shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"Tensor: index {index} is outside axis {axis} of shape {Shape}.");
            }

            offset += index * strides[axis];
        }

        return offset;
    }
}

namespace Toolkit.Numerics;

/// <summary>What selects from one axis of a tensor: a range, or one index. Made by conversion: <c>x[.., 7..^7, ^1]</c>.</summary>
public readonly struct TensorIndex
{
    private readonly Range _range;

    private TensorIndex(Range range, bool takesAxisAway) => (_range, TakesAxisAway) = (range, takesAxisAway);

    /// <summary>Whether this is one index, after which the axis is gone.</summary>
    public bool TakesAxisAway { get; }

    /// <summary>A part of the axis.</summary>
    public static implicit operator TensorIndex(Range range) => new(range, takesAxisAway: false);

    /// <summary>One position on the axis; <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index index) => new(new Range(index, index), takesAxisAway: true);

    /// <summary>One position on the axis; a negative one counts from the end, as in NumPy.</summary>
    public static implicit operator TensorIndex(int index) => index < 0 ? new Index(-index, fromEnd: true) : new Index(index);

    internal (int Start, int Length) Resolve(Shape shape, int axis)
    {
        int size = shape[axis];
        int start = _range.Start.GetOffset(size);
        int end = TakesAxisAway ? start + 1 : _range.End.GetOffset(size);
        return start >= 0 && start <= end && end <= size
            ? (start, end - start)
            : throw new ArgumentOutOfRangeException(nameof(shape), $"Tensor: {(TakesAxisAway ? $"index {_range.Start}" : $"range {_range}")} is outside axis {axis} of shape {shape}.");
    }
}

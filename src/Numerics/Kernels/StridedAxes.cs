namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A walk over the elements of a source and of a destination at once: sizes, and the two strides of each axis. A source's stride of
/// 0 repeats elements, a destination's adds elements up; none is negative. Built on the stack; axes that both walk through in one stride become one.
/// </summary>
public unsafe struct StridedAxes
{
    private fixed int _sizes[Shape.MaxRank];
    private fixed int _sourceStrides[Shape.MaxRank];
    private fixed int _destinationStrides[Shape.MaxRank];

    /// <summary>The number of axes, innermost first.</summary>
    public int Count { get; private set; }

    /// <summary>The number of steps that the walk takes.</summary>
    public int Length { get; private set; }

    /// <summary>A walk of one step.</summary>
    public StridedAxes() => Length = 1;

    /// <summary>Adds an axis inside of which all earlier ones lie.</summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="Shape.MaxRank"/>.</exception>
    public void AddOuter(int size, int sourceStride, int destinationStride)
    {
        Length *= size;
        if (size == 1)
        {
            return;
        }

        int last = Count - 1;
        if (last >= 0 && sourceStride == _sourceStrides[last] * _sizes[last] && destinationStride == _destinationStrides[last] * _sizes[last])
        {
            _sizes[last] *= size;
            return;
        }

        if (Count == Shape.MaxRank)
        {
            throw new InvalidOperationException($"StridedAxes: expected at most {Shape.MaxRank} axes.");
        }

        _sizes[Count] = size;
        _sourceStrides[Count] = sourceStride;
        _destinationStrides[Count] = destinationStride;
        Count++;
    }

    /// <summary>The steps along an axis, 0 being the innermost.</summary>
    internal readonly int Size(int axis) => _sizes[axis];

    /// <summary>The elements between the source's neighbours along an axis.</summary>
    internal readonly int SourceStride(int axis) => _sourceStrides[axis];

    /// <summary>The elements between the destination's neighbours along an axis.</summary>
    internal readonly int DestinationStride(int axis) => _destinationStrides[axis];
}

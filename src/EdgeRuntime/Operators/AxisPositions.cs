using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Goes over the elements of an indices tensor and says where in the data, whose other axes are as long at least, each one's position is
/// with 0 on the axis that the indices replace.
/// </summary>
internal ref struct AxisPositions
{
    private readonly ReadOnlySpan<int> _sizes;
    private readonly Span<int> _strides;
    private readonly Span<int> _index;

    /// <summary>Starts at the first element.</summary>
    /// <param name="indices">The shape of the indices.</param>
    /// <param name="data">The shape of the data.</param>
    /// <param name="axis">The axis that the indices replace.</param>
    /// <param name="room">Room for two numbers an axis.</param>
    public AxisPositions(Shape indices, Shape data, int axis, Span<int> room)
    {
        _sizes = indices.Dimensions;
        _index = room[..data.Rank];
        _strides = room.Slice(data.Rank, data.Rank);
        _index.Clear();
        int stride = 1;
        for (int i = data.Rank - 1; i >= 0; i--)
        {
            _strides[i] = i == axis ? 0 : stride;
            Stride = i == axis ? stride : Stride;
            stride *= data[i];
        }
    }

    /// <summary>The stride of the axis that the indices replace.</summary>
    public int Stride { get; }

    /// <summary>The position of the element.</summary>
    public int Offset { get; private set; }

    /// <summary>Goes to the next element.</summary>
    public void Advance()
    {
        for (int axis = _sizes.Length - 1; axis >= 0; axis--)
        {
            Offset += _strides[axis];
            if (++_index[axis] < _sizes[axis])
            {
                return;
            }

            Offset -= _strides[axis] * _sizes[axis];
            _index[axis] = 0;
        }
    }
}

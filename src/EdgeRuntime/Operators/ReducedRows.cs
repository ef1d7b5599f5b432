namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Goes over the rows of a tensor whose axes <see cref="ReducedAxes"/> has put together, and says where in the result each belongs.</summary>
internal ref struct ReducedRows
{
    private readonly ReadOnlySpan<int> _sizes;
    private readonly ReadOnlySpan<int> _strides;
    private readonly Span<int> _index;
    private readonly int _length;

    /// <summary>Starts before the first row.</summary>
    /// <param name="sizes">The sizes of the axes.</param>
    /// <param name="strides">Their strides in the result; 0 for a reduced one.</param>
    /// <param name="index">Room for one number an axis.</param>
    /// <param name="length">The number of elements.</param>
    public ReducedRows(ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides, Span<int> index, int length)
    {
        _sizes = sizes;
        _strides = strides;
        _index = index;
        _length = length;
        _index.Clear();
        Start = -Columns;
    }

    /// <summary>The length of a row.</summary>
    public readonly int Columns => _sizes[^1];

    /// <summary>Whether the elements of a row become one; else each has a place of its own.</summary>
    public readonly bool RowIsReduced => _strides[^1] == 0;

    /// <summary>Where the row starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where in the result its first element belongs.</summary>
    public int Offset { get; private set; }

    /// <summary>Goes to the next row.</summary>
    public bool MoveNext()
    {
        if (Start < 0)
        {
            Start = 0;
            return _length > 0;
        }

        Start += Columns;
        for (int axis = _sizes.Length - 2; axis >= 0; axis--)
        {
            Offset += _strides[axis];
            if (++_index[axis] < _sizes[axis])
            {
                break;
            }

            Offset -= _strides[axis] * _sizes[axis];
            _index[axis] = 0;
        }

        return Start < _length;
    }
}

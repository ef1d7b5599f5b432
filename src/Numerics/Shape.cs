using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics;

/// <summary>
/// The dimensions of a dense, row-major tensor, outermost first: images are <c>[N, C, H, W]</c>.
/// Immutable; the default value is the shape of a scalar, <c>[]</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    /// <summary>The greatest rank that a tensor may have.</summary>
    public const int MaxRank = 16;

    private readonly int[]? _dimensions;

    /// <summary>Makes a shape from its dimensions.</summary>
    /// <exception cref="ArgumentException">A dimension is negative, the rank exceeds <see cref="MaxRank"/>,
    /// or the number of elements does not fit an <see cref="int"/>.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > MaxRank)
        {
            throw new ArgumentException($"Shape: expected a rank of at most {MaxRank}, got {dimensions.Length}.", nameof(dimensions));
        }

        long length = 1;
        bool empty = dimensions.Contains(0);
        foreach (int dimension in dimensions)
        {
            if (dimension < 0)
            {
                throw new ArgumentException($"Shape: expected dimensions of 0 or more, got {Describe(dimensions)}.", nameof(dimensions));
            }

            if (!empty && (length *= dimension) > Array.MaxLength)
            {
                throw new ArgumentException($"Shape: {Describe(dimensions)} has more than {Array.MaxLength} elements; split it into smaller tensors.", nameof(dimensions));
            }
        }

        Length = empty ? 0 : (int)length;
        _dimensions = dimensions.ToArray();
    }

    private readonly int _lengthMinusOne;

    /// <summary>The number of dimensions; 0 for a scalar.</summary>
    public int Rank => _dimensions?.Length ?? 0;

    /// <summary>The number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public int Length
    {
        get => _lengthMinusOne + 1;
        private init => _lengthMinusOne = value - 1;
    }

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The dimensions, outermost first.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The size of one axis. <c>shape[^1]</c> is the innermost.</summary>
    public int this[int axis] => _dimensions is null ? throw new ArgumentOutOfRangeException(nameof(axis)) : _dimensions[axis];

    /// <inheritdoc cref="this[int]"/>
    public int this[Index axis] => this[axis.GetOffset(Rank)];

    /// <summary>Makes a shape from a collection expression: <c>Shape s = [2, 3];</c>.</summary>
    public static Shape Create(ReadOnlySpan<int> dimensions) => new(dimensions);

    /// <summary>Turns an axis in <c>[-rank, rank)</c> into one in <c>[0, rank)</c>; negative counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The axis is outside that range.</exception>
    public int NormalizeAxis(int axis)
    {
        int rank = Rank;
        return axis >= -rank && axis < rank
            ? (axis < 0 ? axis + rank : axis)
            : throw new ArgumentOutOfRangeException(nameof(axis), $"axis: expected -{rank} to {rank - 1} for shape {this}, got {axis}.");
    }

    /// <summary>The product of the dimensions in <c>[start, end)</c>; 1 when the range is empty.</summary>
    public int LengthOf(Range axes)
    {
        (int start, int count) = axes.GetOffsetAndLength(Rank);
        int length = 1;
        for (int i = 0; i < count; i++)
        {
            length *= _dimensions![start + i];
        }

        return length;
    }

    /// <summary>Row-major strides in elements: <c>[H*W, W, 1]</c> for <c>[C, H, W]</c>.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= _dimensions![i];
        }

        return strides;
    }

    /// <summary>
    /// Strides with which this shape is read as <paramref name="target"/>: 0 on every axis that is repeated.
    /// </summary>
    /// <exception cref="ArgumentException">This shape does not broadcast to the target.</exception>
    public int[] BroadcastStrides(Shape target)
    {
        var strides = new int[target.Rank];
        BroadcastStrides(target, strides);
        return strides;
    }

    /// <summary>As the other overload, into memory of the caller's.</summary>
    /// <param name="target">The shape that the result has.</param>
    /// <param name="strides">One element an axis of the target.</param>
    /// <exception cref="ArgumentException">This shape does not broadcast to the target, or there are too few or too many strides.</exception>
    public void BroadcastStrides(Shape target, Span<int> strides)
    {
        if (strides.Length != target.Rank)
        {
            throw new ArgumentException($"Shape: expected room for {target.Rank} strides, got {strides.Length}.", nameof(strides));
        }

        int offset = target.Rank - Rank;
        if (offset < 0)
        {
            throw new ArgumentException($"Shape {this} does not broadcast to {target}.", nameof(target));
        }

        strides[..offset].Clear();
        int stride = 1;
        for (int i = Rank - 1; i >= 0; i--)
        {
            int size = _dimensions![i];
            if (size != 1 && size != target[offset + i])
            {
                throw new ArgumentException($"Shape {this} does not broadcast to {target}.", nameof(target));
            }

            strides[offset + i] = size == 1 ? 0 : stride;
            stride *= size;
        }
    }

    /// <summary>The shape that two shapes broadcast to, by NumPy's rule: aligned at the end, 1 stretches.</summary>
    /// <exception cref="ArgumentException">Two sizes differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> result = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[a.Rank - i] : 1;
            int y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                throw new ArgumentException($"Shapes {a} and {b} do not broadcast: axis {-i} is {x} and {y}.");
            }

            result[rank - i] = x == 1 ? y : x;
        }

        return new Shape(result);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether two shapes have the same dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The dimensions as they are written in messages: <c>[128,784]</c>.</summary>
    public override string ToString() => Describe(Dimensions);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_dimensions ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Describe(ReadOnlySpan<int> dimensions) => $"[{string.Join(',', dimensions.ToArray())}]";
}

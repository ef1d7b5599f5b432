using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>A shape of known rank whose dimensions may be symbols. A value of unknown rank has no SymbolicShape (null).</summary>
public sealed class SymbolicShape : IEquatable<SymbolicShape>
{
    private readonly Dimension[] _dimensions;

    /// <summary>Makes a shape from its dimensions.</summary>
    public SymbolicShape(params ReadOnlySpan<Dimension> dimensions) => _dimensions = dimensions.ToArray();

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The dimensions, outermost first.</summary>
    public ReadOnlySpan<Dimension> Dimensions => _dimensions;

    /// <summary>Whether every size is known.</summary>
    public bool IsKnown => Array.TrueForAll(_dimensions, dimension => dimension.IsKnown);

    /// <summary>The product of the sizes; null where one is not known or the product does not fit.</summary>
    public long? ElementCount
    {
        get
        {
            if (Array.Exists(_dimensions, dimension => dimension.Size == 0) && IsKnown)
            {
                return 0;
            }

            long count = 1;
            foreach (Dimension dimension in _dimensions)
            {
                if (dimension.Size is not { } size || (size > 0 && count > long.MaxValue / size))
                {
                    return null;
                }

                count *= size;
            }

            return count;
        }
    }

    /// <summary>One dimension.</summary>
    public Dimension this[int axis] => _dimensions[axis];

    /// <summary>The symbolic form of a known shape.</summary>
    public static SymbolicShape From(Shape shape)
    {
        var dimensions = new Dimension[shape.Rank];
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = shape[i];
        }

        return new SymbolicShape(dimensions);
    }

    /// <inheritdoc/>
    public bool Equals(SymbolicShape? other) => other is not null && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SymbolicShape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Dimension dimension in _dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>As it is written in messages: <c>[N,784]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', _dimensions)}]";
}

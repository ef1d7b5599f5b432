namespace Toolkit.Onnx;

/// <summary>One dimension of a value in a graph: a size, a named unknown such as the batch <c>N</c>, or just unknown.</summary>
public readonly record struct Dimension
{
    private readonly long _sizePlusOne;

    /// <summary>A known size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public Dimension(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _sizePlusOne = size + 1;
    }

    /// <summary>A named unknown: equal names mean equal sizes.</summary>
    public Dimension(string symbol) => Symbol = symbol;

    /// <summary>Nothing is known.</summary>
    public static Dimension Unknown => default;

    /// <summary>The name of an unknown, or null.</summary>
    public string? Symbol { get; }

    /// <summary>The size, or null where it is not known.</summary>
    public long? Size => _sizePlusOne == 0 ? null : _sizePlusOne - 1;

    /// <summary>Whether the size is known.</summary>
    public bool IsKnown => _sizePlusOne != 0;

    /// <summary>A known size.</summary>
    public static implicit operator Dimension(long size) => new(size);

    /// <summary>A named unknown.</summary>
    public static implicit operator Dimension(string symbol) => new(symbol);

    /// <summary>The size, the symbol, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}

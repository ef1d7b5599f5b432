using System.Globalization;

namespace Toolkit.Onnx;

/// <summary>One element of an integer tensor that describes a shape: a number, the size that a symbol stands for, or unknown.</summary>
public readonly record struct SymbolicInteger
{
    /// <summary>A number.</summary>
    public SymbolicInteger(long value) => Value = value;

    /// <summary>The size of a dimension.</summary>
    public SymbolicInteger(Dimension dimension)
    {
        Value = dimension.Size;
        Symbol = dimension.Symbol;
    }

    /// <summary>The number, or null where it is not known.</summary>
    public long? Value { get; }

    /// <summary>The name of an unknown, or null.</summary>
    public string? Symbol { get; }

    /// <summary>A number.</summary>
    public static implicit operator SymbolicInteger(long value) => new(value);

    /// <summary>As a dimension; a negative number is unknown.</summary>
    public Dimension ToDimension() => Value is { } value
        ? (value < 0 ? Dimension.Unknown : new Dimension(value))
        : Symbol is null ? Dimension.Unknown : new Dimension(Symbol);

    /// <summary>The result for two numbers; null where one is not known or the result does not fit.</summary>
    internal static SymbolicInteger? Compute(SymbolicInteger a, SymbolicInteger b, Func<long, long, long> operation)
    {
        if (a.Value is not { } x || b.Value is not { } y)
        {
            return null;
        }

        try
        {
            return operation(x, y);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The number, the symbol, or <c>?</c>.</summary>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}

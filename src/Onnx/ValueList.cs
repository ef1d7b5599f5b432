using System.Collections;

namespace Toolkit.Onnx;

/// <summary>A list that compares by its values: attributes of operator records that hold several. Immutable.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    private readonly T[] _values;

    /// <summary>Makes a list that copies <paramref name="values"/>.</summary>
    public ValueList(params ReadOnlySpan<T> values) => _values = values.ToArray();

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The values.</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>One value.</summary>
    public T this[int index] => _values[index];

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it is written in messages: <c>[1,2]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', _values)}]";
}

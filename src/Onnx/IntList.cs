using System.Collections;
using System.Runtime.CompilerServices;

namespace Toolkit.Onnx;

/// <summary>A list of integers that compares by its values: the <c>ints</c> attributes of operator records. Immutable.</summary>
[CollectionBuilder(typeof(IntList), nameof(Create))]
public sealed class IntList : IReadOnlyList<long>, IEquatable<IntList>
{
    private const int MaxShown = 32;

    private readonly long[] _values;

    /// <summary>Makes a list that copies <paramref name="values"/>.</summary>
    public IntList(params ReadOnlySpan<long> values) => _values = values.ToArray();

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The values.</summary>
    public ReadOnlySpan<long> Values => _values;

    /// <summary>One value.</summary>
    public long this[int index] => _values[index];

    /// <summary>Makes a list from a collection expression.</summary>
    public static IntList Create(ReadOnlySpan<long> values) => new(values);

    /// <inheritdoc/>
    public bool Equals(IntList? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it is written in messages: <c>[1,2]</c>.</summary>
    public override string ToString() => _values.Length <= MaxShown ? $"[{string.Join(',', _values)}]"
        : $"[{string.Join(',', _values[..MaxShown])},… {_values.Length} in all]";
}

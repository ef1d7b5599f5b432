using System.Collections;

namespace Toolkit.Trainer;

/// <summary>
/// Makes objects with default settings from the names that Keras gives them. <c>glorot_uniform</c> and <c>GlorotUniform</c> are the same
/// name.
/// </summary>
/// <param name="what">What the names are of, for the message about an unknown one.</param>
internal sealed class NameTable<T>(string what) : IEnumerable<string>
{
    private readonly SortedDictionary<string, Func<T>> _factories = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. _factories.Keys];

    public void Add(string name, Func<T> factory) => _factories.Add(name, factory);

    public T Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string wanted = WithoutUnderscores(name);
        foreach ((string known, Func<T> factory) in _factories)
        {
            if (string.Equals(WithoutUnderscores(known), wanted, StringComparison.OrdinalIgnoreCase))
            {
                return factory();
            }
        }

        throw new ArgumentException($"Unknown {what} '{name}': expected one of {string.Join(", ", _factories.Keys)}.", nameof(name));
    }

    public IEnumerator<string> GetEnumerator() => _factories.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string WithoutUnderscores(string name) => name.Replace("_", "", StringComparison.Ordinal);
}

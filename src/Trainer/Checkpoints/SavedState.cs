using System.Text;
using System.Text.Json;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Checkpoints;

/// <summary>
/// What a callback or a metric remembers, by name: numbers, texts and arrays, kept to the bit. They become tensors of the checkpoint's file.
/// </summary>
public sealed class SavedState
{
    private readonly OrderedDictionary<string, Tensor> _values = new(StringComparer.Ordinal);

    /// <summary>Makes an empty one.</summary>
    public SavedState()
    {
    }

    internal SavedState(IEnumerable<KeyValuePair<string, Tensor>> values)
    {
        foreach ((string name, Tensor value) in values)
        {
            _values.Add(name, value);
        }
    }

    /// <summary>The number of entries.</summary>
    public int Count => _values.Count;

    /// <summary>The names in the order in which they were set.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    internal IEnumerable<KeyValuePair<string, Tensor>> Values => _values;

    /// <summary>Whether there is an entry of a name.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>Sets a number.</summary>
    public void Set(string name, double value) => _values[name] = Tensor.Scalar(value);

    /// <summary>Sets a whole number.</summary>
    public void Set(string name, long value) => _values[name] = Tensor.Scalar(value);

    /// <summary>Sets a yes or no.</summary>
    public void Set(string name, bool value) => _values[name] = Tensor.Scalar(value);

    /// <summary>Sets a text.</summary>
    public void Set(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _values[name] = Tensor.Vector<byte>(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Sets a list of texts.</summary>
    public void Set(string name, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Set(name, JsonSerializer.Serialize(texts));
    }

    /// <summary>Sets an array; it is copied.</summary>
    public void Set(string name, ReadOnlySpan<float> values) => _values[name] = Tensor.Vector(values);

    /// <summary>Sets an array; it is copied.</summary>
    public void Set(string name, ReadOnlySpan<double> values) => _values[name] = Tensor.Vector(values);

    /// <summary>Sets an array; it is copied.</summary>
    public void Set(string name, ReadOnlySpan<long> values) => _values[name] = Tensor.Vector(values);

    internal void Set(string name, Shape shape, ReadOnlySpan<float> values) => _values[name] = Tensor.From(shape, values);

    /// <summary>Adds the entries of another under a prefix.</summary>
    internal void Add(string prefix, SavedState part)
    {
        foreach ((string name, Tensor value) in part._values)
        {
            _values.Add(prefix + name, value);
        }
    }

    /// <summary>The entries whose names begin with a prefix, without it.</summary>
    internal SavedState Part(string prefix) => new(_values
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], pair.Value)));

    /// <summary>A number.</summary>
    /// <exception cref="CheckpointException">There is none of that name, or it is of another kind. So for every reader.</exception>
    public double GetDouble(string name) => GetScalar<double>(name);

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>A whole number.</summary>
    public long GetInt64(string name) => GetScalar<long>(name);

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>A yes or no.</summary>
    public bool GetBoolean(string name) => GetScalar<bool>(name);

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>A text.</summary>
    public string GetText(string name) => Encoding.UTF8.GetString(Get<byte>(name).Span);

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> GetTexts(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(GetText(name)) ?? [];
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"Checkpoint: expected '{name}' to be a list of texts: {exception.Message}", exception);
        }
    }

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>An array.</summary>
    public float[] GetSingles(string name) => Get<float>(name).ToArray();

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>An array.</summary>
    public double[] GetDoubles(string name) => Get<double>(name).ToArray();

    /// <inheritdoc cref="GetDouble"/>
    /// <summary>An array.</summary>
    public long[] GetInt64s(string name) => Get<long>(name).ToArray();

    private T GetScalar<T>(string name) => Get<T>(name) is { Length: 1 } tensor
        ? tensor.Span[0]
        : throw new CheckpointException($"Checkpoint: expected '{name}' to be one value, got {Get<T>(name).Shape}.");

    private Tensor<T> Get<T>(string name) => _values.TryGetValue(name, out Tensor? value)
        ? value as Tensor<T> ?? throw new CheckpointException($"Checkpoint: expected '{name}' to be of {typeof(T).Name}, got {value.ElementType}.")
        : throw new CheckpointException($"Checkpoint: expected '{name}', got {(_values.Count == 0 ? "nothing" : string.Join(", ", _values.Keys))}.");
}

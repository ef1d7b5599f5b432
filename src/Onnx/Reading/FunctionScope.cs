namespace Toolkit.Onnx.Reading;

/// <summary>The names of values in the body of a function that is inlined, and what they are called in the graph that calls it.</summary>
internal sealed class FunctionScope(FunctionScope? outer)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public bool TryAdd(string local, string name) => _names.TryAdd(local, name);

    public string? Find(string local) => _names.TryGetValue(local, out string? name) ? name : outer?.Find(local);
}

using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>
/// The names of a graph while it is linked. A value of a graph around it that it reads becomes one of its own: a constant, or an input that
/// the node which runs the graph feeds.
/// </summary>
internal sealed class GraphScope(GraphScope? outer)
{
    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);

    /// <summary>The values around that this graph reads, each with its own value for it.</summary>
    public List<(GraphValue Outer, GraphValue Inner)> Captures { get; } = [];

    /// <summary>The value of a name; null where there is none.</summary>
    public GraphValue? Find(string name)
    {
        if (_values.TryGetValue(name, out GraphValue? value))
        {
            return value;
        }

        if (outer?.Find(name) is not { } around)
        {
            return null;
        }

        bool isConstant = around.Info.Constant is not null;
        var inner = new GraphValue(name, around.Info) { IsInput = !isConstant };
        if (!isConstant)
        {
            Captures.Add((around, inner));
        }

        _values.Add(name, inner);
        return inner;
    }

    /// <summary>Adds a value of this graph.</summary>
    /// <exception cref="OnnxModelException">Its name is taken.</exception>
    public void Define(GraphValue value)
    {
        if (!_values.TryAdd(value.Name, value))
        {
            throw new OnnxModelException($"Graph: the name '{value.Name}' is taken already; every value needs its own.");
        }
    }
}

using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>A graph of nodes in topological order. Mutable while it is built; validated when it is read or written.</summary>
public sealed class OnnxGraph
{
    /// <summary>The graph's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What a caller feeds, in order. Initializers are not repeated here.</summary>
    public IList<ValueInfo> Inputs { get; } = [];

    /// <summary>What a caller gets, in order.</summary>
    public IList<ValueInfo> Outputs { get; } = [];

    /// <summary>Constants (the weights) by name, in the order in which they are written.</summary>
    public OrderedDictionary<string, Tensor> Initializers { get; } = [];

    /// <summary>The nodes, each after those whose values it reads.</summary>
    public IList<OnnxNode> Nodes { get; } = [];
}

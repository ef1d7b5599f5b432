using Toolkit.EdgeRuntime.Graphs;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>One rewriting of a graph that leaves its results unchanged, up to rounding.</summary>
internal interface IGraphPass
{
    /// <summary>The name by which it is switched off.</summary>
    string Name { get; }

    /// <summary>Rewrites the graph.</summary>
    void Apply(ModelGraph graph);
}
